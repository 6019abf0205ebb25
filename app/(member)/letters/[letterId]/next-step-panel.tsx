import type { ReactNode } from 'react';
import type { Role } from '../../../../db/schema/values.ts';
import { mayDo } from '../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { NextStep as Step } from '../../../../lib/letters/next-step.ts';
import type { LetterAct } from '../../../../lib/letters/status.ts';
import type { LetterView } from '../../../../lib/letters/views.ts';
import { ButtonForm, ButtonLink } from '../../../_components/ui/button.tsx';
import { NextStep } from '../../../_components/ui/steps.tsx';

/** The one thing to do now, with its button; and what else this stage allows. */
export function NextStepPanel({
  t,
  view,
  role,
  acts,
}: {
  readonly t: Translator;
  readonly view: LetterView;
  readonly role: Role;
  /** What the table of the letter's life and the role allow. */
  readonly acts: ReadonlySet<LetterAct>;
}) {
  const { next, letter } = view;
  const may = mayDo(role, next === 'write' || next === 'set-deadline' ? 'draft' : 'run');
  return (
    <NextStep t={t} title={t(`letters.next.${next}.title`)} over={next === 'done' || next === 'withdrawn'}>
      <p>{t(`letters.next.${next}.text`, { count: letter.organisationCount + letter.personCount })}</p>
      {may ? <div className="actions">{actionsFor(t, next, letter, acts)}</div> : null}
    </NextStep>
  );
}

function actionsFor(
  t: Translator,
  next: Step,
  { id, sample, authenticLanguage }: LetterView['letter'],
  acts: ReadonlySet<LetterAct>,
): ReactNode {
  const back = `/letters/${id}`;
  const write = <ButtonLink href={`${back}/texts/${authenticLanguage}`}>{t('letters.edit.title')}</ButtonLink>;
  const settings = <ButtonLink href={`${back}/settings`}>{t('letters.settings.title')}</ButtonLink>;
  const preview = (
    <ButtonLink href={`${back}/preview`} look="quiet">
      {t('letters.preview.title')}
    </ButtonLink>
  );
  const invitations = (look: 'main' | 'quiet') =>
    sample ? null : (
      <ButtonLink href={`${back}/invitations`} look={look}>
        {t(look === 'main' ? 'letters.next.invite.button' : 'invitations.title')}
      </ButtonLink>
    );
  const close = (look: 'main' | 'quiet') =>
    acts.has('close') ? (
      <ButtonForm action={`${back}/close`} look={look}>
        {t('letters.close.button')}
      </ButtonForm>
    ) : null;
  switch (next) {
    case 'write':
    case 'set-deadline':
      return (
        <>
          {next === 'write' ? write : settings}
          {preview}
        </>
      );
    case 'freeze':
      return (
        <>
          {acts.has('open') ? <ButtonLink href={`${back}/freeze`}>{t('letters.next.freeze.button')}</ButtonLink> : null}
          {preview}
        </>
      );
    case 'invite':
    case 'gather':
      return (
        <>
          {invitations('main')}
          {preview}
          {close('quiet')}
        </>
      );
    case 'close':
      return (
        <>
          {close('main')}
          {preview}
        </>
      );
    case 'deliver':
      return (
        <>
          {acts.has('deliver') ? <ButtonLink href={`${back}/deliver`}>{t('letters.next.deliver.button')}</ButtonLink> : null}
          {preview}
          {acts.has('reopen') ? (
            <ButtonLink href={`${back}/reopen`} look="quiet">
              {t('letters.reopen.button')}
            </ButtonLink>
          ) : null}
          {invitations('quiet')}
        </>
      );
    case 'done':
    case 'withdrawn':
      return preview;
  }
}
