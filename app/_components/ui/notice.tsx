import type { ReactNode } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';

const TITLES = { plain: 'ui.notice', success: 'ui.success', warning: 'ui.warning' } as const;

/** Something to know before going on. `said`: what a change just did; it takes the focus when the page opens, and so is read out. */
export function Notice({
  t,
  children,
  tone = 'plain',
  title,
  said = false,
}: {
  readonly t: Translator;
  readonly children: ReactNode;
  readonly tone?: keyof typeof TITLES;
  readonly title?: string;
  readonly said?: boolean;
}) {
  return (
    <section
      className={tone === 'plain' ? 'notice' : `notice notice--${tone}`}
      // A page that opens with its status in place says nothing of it by that alone.
      {...(said ? { role: 'status', tabIndex: -1, autoFocus: true } : {})}
    >
      <p className="notice__title">{title ?? t(TITLES[tone])}</p>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </section>
  );
}
