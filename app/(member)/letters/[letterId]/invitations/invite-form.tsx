import type { LetterScope } from '../../../../../lib/access/scope.ts';
import type { For } from '../../../../../lib/coalitions/access.ts';
import { LOCALE_NAMES, LOCALES } from '../../../../../lib/i18n/locales.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import type { Instance } from '../../../../../lib/instance.ts';
import { previewInvitation } from '../../../../../lib/invitations/preview.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { RadioGroup } from '../../../../_components/ui/choice.tsx';
import { Details } from '../../../../_components/ui/details.tsx';
import { Select, TextArea, TextField } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';

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
        <RadioGroup
          {...field}
          name="capacity"
          label={t('invitations.capacity')}
          options={[
            { value: 'organisation', label: t('invitations.capacity.organisation'), hint: t('invitations.capacity.organisation-hint') },
            { value: 'personal', label: t('invitations.capacity.personal'), hint: t('invitations.capacity.personal-hint') },
          ]}
        />
        <div className="inviting__organisation">
          <TextField {...field} name="organisation" label={t('invitations.organisation')} autoComplete="off" />
          <TextField {...field} name="acronym" label={t('invitations.acronym')} optional width="short" autoComplete="off" />
        </div>
        <TextField {...field} name="name" label={t('invitations.name')} hint={t('invitations.name-hint')} autoComplete="off" />
        <TextField {...field} name="email" type="email" label={t('invitations.email')} autoComplete="off" width="medium" />
        <Select
          {...field}
          name="language"
          label={t('invitations.language')}
          options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
        />
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
