import type { ReactNode } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';

const TITLES = { plain: 'ui.notice', success: 'ui.success', warning: 'ui.warning' } as const;

/** Something to know before going on. `said` announces it to screen readers when the page opens: for what a change just did. */
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
    <section className={tone === 'plain' ? 'notice' : `notice notice--${tone}`} role={said ? 'status' : undefined}>
      <p className="notice__title">{title ?? t(TITLES[tone])}</p>
      {typeof children === 'string' ? <p>{children}</p> : children}
    </section>
  );
}
