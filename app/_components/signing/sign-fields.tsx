import { publicationChoices } from '../../../db/schema/values.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { RepresentativePrinted } from '../../../lib/letters/presets.ts';
import { filledOthers, MOST_OTHERS, otherField, type Signer } from '../../../lib/signatures/schema.ts';
import { Button, DefaultButton } from '../ui/button.tsx';
import { Checkbox, RadioGroup } from '../ui/choice.tsx';
import { Details } from '../ui/details.tsx';
import { TextField } from '../ui/field.tsx';
import type { FormView } from '../ui/form-view.ts';

export interface SignFieldsProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly letter: {
    readonly text: { readonly fingerprint: string; readonly language: string };
    readonly printsCountry: boolean;
    readonly representativePrinted: RepresentativePrinted;
    /** Who reads the addressee's copy; empty where the letter names nobody. */
    readonly reader: string;
  };
  readonly signers: readonly Signer[];
  /** What the choice calls the organisation; null where nobody can sign for one. */
  readonly organisation: string | null;
  /** Of names, where it is known. */
  readonly language: string;
  /** Asks for the address too: whoever came by a link of their own has one on file. Whoever was handed their link may leave it out. */
  readonly email?: boolean | 'optional';
  /** An entry is added to what somebody signed: their name is known, and one comes at a time. */
  readonly adding?: boolean;
}

/** The fields of an answer that signs: in whose name, and who sees it. Nothing in them needs a script. */
export function SignFields(props: SignFieldsProps) {
  const { t, form, letter, signers, organisation, language, email = false, adding = false } = props;
  const field = { t, form };
  return (
    <>
      <DefaultButton name="step" value="check" />
      <input type="hidden" name="fingerprint" value={letter.text.fingerprint} />
      <input type="hidden" name="language" value={letter.text.language} />
      <SignerChoice {...props} />
      {organisation === null ? null : (
        <div className="signing__organisation">
          <TextField
            {...field}
            name="organisation"
            label={t('signing.organisation')}
            hint={t('signing.organisation-hint')}
            autoComplete="organization"
            lang={language}
          />
          <TextField {...field} name="acronym" label={t('signing.acronym')} optional width="short" />
        </div>
      )}
      {adding ? (
        <input type="hidden" name="name" value={form.value('name')} />
      ) : (
        <TextField {...field} name="name" label={t('signing.name')} autoComplete="name" />
      )}
      <TextField
        {...field}
        name="role"
        label={t('signing.role')}
        hint={organisation === null ? undefined : t('signing.role-hint')}
        optional={organisation === null}
        autoComplete="organization-title"
      />
      {organisation === null ? null : (
        <div className="signing__organisation">
          <RepresentativeChoice {...props} />
        </div>
      )}
      {signers.includes('personal') ? (
        <div className="signing__personal">
          <TextField {...field} name="affiliation" label={t('signing.affiliation')} hint={t('signing.affiliation-hint')} optional />
        </div>
      ) : null}
      {letter.printsCountry ? (
        <TextField {...field} name="country" label={t('signing.country')} optional width="medium" autoComplete="country-name" />
      ) : null}
      {email ? (
        <TextField
          {...field}
          name="email"
          label={t('signing.email')}
          hint={t(email === 'optional' ? 'signing.prove.field-hint' : 'signing.email-hint')}
          optional={email === 'optional'}
          type="email"
          inputMode="email"
          autoComplete="email"
        />
      ) : null}
      {organisation === null || adding ? null : <Others {...props} />}
      <RadioGroup
        {...field}
        name="publication"
        label={t('signing.publication')}
        heading
        options={publicationChoices.map((choice) => ({
          value: choice,
          label: t(`signing.publication-option.${choice}`),
          hint: t(`signing.publication-option.${choice}-hint`, { reader: letter.reader || t('signing.the-addressee') }),
        }))}
      />
      <div className="actions">
        <Button name="step" value="check">
          {t('signing.check')}
        </Button>
        <span className="quiet">{t('signing.check-note')}</span>
      </div>
    </>
  );
}

/** Whether the person who signs for an organisation prints beside it, as far as the letter leaves them the choice. */
function RepresentativeChoice({ t, form, letter }: SignFieldsProps) {
  if (letter.representativePrinted === 'never') return <p>{t('signing.representative.never')}</p>;
  return (
    <Checkbox t={t} form={form} name="representativePrinted" label={t('signing.representative')} hint={t('signing.representative-hint')} />
  );
}

/** Somebody invited as a person signs as one: then there is nothing to choose. */
function SignerChoice({ t, form, signers, organisation }: SignFieldsProps) {
  const [only] = signers;
  if (signers.length === 1) {
    return (
      <>
        <input type="hidden" name="signer" value={only} />
        {only === 'personal' ? <p>{t('signing.signer.only-personal')}</p> : null}
      </>
    );
  }
  const hint: Partial<Record<Signer, string>> = { personal: t('signing.signer.personal-hint') };
  return (
    <RadioGroup
      t={t}
      form={form}
      name="signer"
      label={t('signing.signer')}
      heading
      options={signers.map((signer) => {
        const words = { value: signer, label: t(`signing.signer.${signer}`, { organisation: organisation ?? '' }) };
        const more = hint[signer];
        return more === undefined ? words : { ...words, hint: more };
      })}
    />
  );
}

/** How many groups of a further organisation stand on the page: those typed in, and one more for each time it was asked for. */
export function shownOthers(form: FormView): number {
  const asked = Number(form.value('shown')) || 1;
  return Math.min(MOST_OTHERS, form.value('step') === 'more' ? asked + 1 : Math.max(1, asked));
}

/** Who signs for a second organisation, or in their own name too, does it here, in the same act. */
function Others({ t, form, letter, language }: SignFieldsProps) {
  const field = { t, form };
  const shown = shownOthers(form);
  const groups = Array.from({ length: shown }, (_, index) => index);
  const typed = filledOthers((name) => form.value(name)).length > 0 || form.holds('personally', 'yes');
  return (
    <div className="signing__others">
      <Details
        summary={t('signing.others.summary')}
        open={typed || shown > 1 || form.errors.some(({ place }) => place.startsWith('others'))}
      >
        <input type="hidden" name="shown" value={shown} />
        <Checkbox {...field} name="personally" label={t('signing.others.personally')} hint={t('signing.others.personally-hint')} />
        <div className="signing__own">
          <TextField {...field} name="ownRole" label={t('signing.others.own-role')} optional />
          <TextField
            {...field}
            name="ownAffiliation"
            label={t('signing.others.own-affiliation')}
            hint={t('signing.affiliation-hint')}
            optional
          />
        </div>
        {groups.map((index) => (
          <fieldset key={index} className="fieldset">
            <legend>{t('signing.others.title', { number: index + 2 })}</legend>
            <TextField
              {...field}
              name={otherField(index, 'organisation')}
              label={t('signing.others.organisation')}
              optional
              lang={language}
            />
            <TextField {...field} name={otherField(index, 'acronym')} label={t('signing.others.acronym')} optional width="short" />
            <TextField {...field} name={otherField(index, 'role')} label={t('signing.others.role')} optional />
            {letter.printsCountry ? (
              <TextField {...field} name={otherField(index, 'country')} label={t('signing.others.country')} optional width="medium" />
            ) : null}
          </fieldset>
        ))}
        {shown < MOST_OTHERS ? (
          <div className="actions">
            <Button name="step" value="more" look="quiet">
              {t('signing.others.more')}
            </Button>
          </div>
        ) : null}
      </Details>
    </div>
  );
}
