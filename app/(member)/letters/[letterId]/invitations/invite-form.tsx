import type { LetterScope } from '../../../../../lib/access/scope.ts';
import type { For } from '../../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import type { Instance } from '../../../../../lib/instance.ts';
import { previewInvitation } from '../../../../../lib/invitations/preview.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { Details } from '../../../../_components/ui/details.tsx';
import { TextArea, TextField } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';
import { LanguageField, PartyFields } from './party-fields.tsx';

interface InviteFormProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly path: string;
  readonly at: { readonly running: Instance; readonly scope: For<LetterScope, 'read'> };
}

export function InviteForm({ t, form, path, at }: InviteFormProps) {
  const field = { t, form };
  return (
    <section className="invite" id="invite">
      <h2>{t('invitations.invite')}</h2>
      <form className="form inviting" method="post" action={`${path}/invite`} noValidate>
        <PartyFields {...field} />
        <TextField {...field} name="email" type="email" label={t('invitations.email')} autoComplete="off" width="medium" />
        <LanguageField {...field} label={t('invitations.language')} />
        <TextArea {...field} name="message" label={t('invitations.message')} hint={t('invitations.message-hint')} optional rows={4} />
        <div className="actions">
          <Button>{t('invitations.send')}</Button>
        </div>
      </form>
      <MailPreview t={t} form={form} at={at} />
    </section>
  );
}

async function MailPreview({ t, form, at }: Omit<InviteFormProps, 'path'>) {
  const personal = form.value('capacity') === 'personal';
  const mail = await previewInvitation(at.running, at.scope, {
    capacity: personal ? 'personal' : 'organisation',
    organisation: form.value('organisation') || t('invitations.preview.organisation'),
    acronym: '',
    name: form.value('name') || t('invitations.preview.person'),
    message: form.value('message'),
    language: form.value('language') === 'fa' ? 'fa' : 'en',
  });
  if (mail === null) return null;
  return (
    <Details summary={t('invitations.preview')}>
      <div className="mail-preview" lang={mail.language} dir={mail.direction}>
        <p className="mail-preview__subject">{mail.subject}</p>
        <p className="mail-preview__text">{mail.text}</p>
      </div>
    </Details>
  );
}
