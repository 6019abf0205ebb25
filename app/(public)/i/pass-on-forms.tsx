import { formatInstant } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { type InvitationPage, maskedAddress } from '../../../lib/invitations/page-view.ts';
import { Button } from '../../_components/ui/button.tsx';
import { RadioGroup } from '../../_components/ui/choice.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { INVITATION_PATH } from './gate.ts';

interface PassOnProps {
  readonly t: Translator;
  readonly page: InvitationPage;
  readonly form: FormView;
}

/** To which address this link went; the way for whoever it did not mean, and for whoever wants a colleague to answer or to take over. */
export function PassOn({ t, page, form }: PassOnProps) {
  const { invited, capacity, own, letter, passedOn, byHand } = page;
  const signed = own !== null;
  const open = letter.status === 'open' && !(signed && capacity === 'personal');
  const whom = [...(capacity === 'personal' ? [] : (['colleague'] as const)), ...(signed || byHand ? [] : (['self'] as const))];
  return (
    <div className="signing-other">
      {byHand ? null : <p>{t('signing.sent-to', { address: maskedAddress(invited.email) })}</p>}
      {passedOn.map(({ name, address, at, signed: answered }) => (
        <p key={`${address} ${at.getTime()}`}>
          {t(answered ? 'signing.passed-on.answered' : 'signing.passed-on.waits', {
            name,
            address,
            at: formatInstant(t.locale, at, letter.zone),
          })}
        </p>
      ))}
      {open && whom.length > 0 ? (
        <Details
          summary={t(
            signed || byHand ? 'signing.pass-on.hand-over' : capacity === 'personal' ? 'signing.pass-on.self' : 'signing.pass-on.summary',
          )}
          open={form.errors.length > 0}
        >
          <form className="form" method="post" action={`${INVITATION_PATH}/pass-on`} noValidate>
            <input type="hidden" name="invitation" value={page.invitationId} />
            {whom.length === 1 ? (
              <input type="hidden" name="whom" value={whom[0]} />
            ) : (
              <RadioGroup
                t={t}
                form={form}
                name="whom"
                label={t('signing.pass-on.whom')}
                options={whom.map((one) => ({
                  value: one,
                  label: t(`signing.pass-on.whom-${one}`),
                  hint: t(`signing.pass-on.whom-${one}-hint`),
                }))}
              />
            )}
            {whom.length === 1 ? (
              <p>{t(signed ? 'signing.pass-on.hand-over-text' : `signing.pass-on.whom-${whom[0] ?? 'self'}-hint`)}</p>
            ) : null}
            <TextField t={t} form={form} name="name" label={t('signing.pass-on.name')} />
            <TextField t={t} form={form} name="email" type="email" label={t('signing.pass-on.email')} />
            <Button look="quiet">{t('signing.pass-on.button')}</Button>
          </form>
        </Details>
      ) : null}
    </div>
  );
}
