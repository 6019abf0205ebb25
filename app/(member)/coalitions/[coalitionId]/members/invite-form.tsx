import type { Role } from '../../../../../lib/access/scope.ts';
import { rolesGivenBy } from '../../../../../lib/coalitions/managing.ts';
import { LOCALE_NAMES, LOCALES } from '../../../../../lib/i18n/locales.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { Select, TextField } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';
import { RoleChoice } from './role-choice.tsx';

interface InviteMemberFormProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly path: string;
  /** Of whoever invites. */
  readonly role: Role;
}

export function InviteMemberForm({ t, form, path, role }: InviteMemberFormProps) {
  const field = { t, form };
  return (
    <section className="invite" id="invite">
      <h2>{t('members.invite.title')}</h2>
      <form className="form" method="post" action={`${path}/invite`} noValidate>
        <TextField {...field} name="email" type="email" label={t('members.invite.email')} autoComplete="off" width="medium" />
        <RoleChoice {...field} label={t('members.invite.role')} roles={rolesGivenBy(role)} />
        <TextField
          {...field}
          name="organisation"
          label={t('members.invite.organisation')}
          hint={t('members.invite.organisation.hint')}
          optional
          autoComplete="off"
        />
        <Select
          {...field}
          name="language"
          label={t('members.invite.language')}
          options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
        />
        {role === 'owner' ? <p className="small">{t('members.invite.proof')}</p> : null}
        <div className="actions">
          <Button>{t('members.invite.button')}</Button>
        </div>
      </form>
    </section>
  );
}
