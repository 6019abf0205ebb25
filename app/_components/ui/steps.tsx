import type { ReactNode } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';

interface NextStepProps {
  readonly t: Translator;
  readonly title: string;
  /** There is nothing to do any more: the title says how it ended. */
  readonly over?: boolean;
  readonly children?: ReactNode;
}

/** The one thing to do now, at the head of a desk page. */
export function NextStep({ t, title, over = false, children }: NextStepProps) {
  return (
    <section className="next-step" aria-labelledby="next-step">
      <p className="next-step__label" id="next-step">
        {t(over ? 'ui.no-next-step' : 'ui.next-step')}
      </p>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export interface Step {
  readonly label: string;
  readonly state: 'done' | 'current' | 'ahead';
}

/** How far along a letter is. */
export function Steps({ t, steps }: { readonly t: Translator; readonly steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={t('ui.progress')}>
      {steps.map(({ label, state }) => (
        <li key={label} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span>
            {label}
            {state === 'done' ? <span className="visually-hidden"> ({t('ui.step-done')})</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
