import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { publicationChoices } from '../../../../db/schema/values.ts';
import { loadConfig } from '../../../../lib/config.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { consentWordings } from '../../../../lib/signatures/consent-wording.ts';
import { type OwnEntry, type OwnSigning, viewOwnPage } from '../../../../lib/signatures/own-view.ts';
import type { ShownLetter } from '../../../../lib/signatures/shown-letter.ts';
import { PrintedEntry } from '../../../_components/signing/printed-entry.tsx';
import { Button, ButtonLink } from '../../../_components/ui/button.tsx';
import { Checkbox, RadioGroup } from '../../../_components/ui/choice.tsx';
import { ErrorSummary } from '../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../_components/ui/field.tsx';
import type { FormView } from '../../../_components/ui/form-view.ts';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { cookieName } from '../../../_request/cookies.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { product } from '../../../_request/product.ts';
import { doorIn, openDoor, pageBehind } from '../door.ts';
import { readOwnForm } from '../own-form.ts';
import { correctPath } from './paths.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return { title: t('signing.own.page-title') };
}

type Asked = string | readonly string[] | undefined;

/** One entry of one's own, field by field. */
export default async function CorrectPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly by?: Asked; readonly entry?: Asked }>;
}) {
  const { by, entry: asked } = await searchParams;
  const door = doorIn(typeof by === 'string' ? by : null);
  const jar = await cookies();
  const token = jar.get(cookieName(door, loadConfig().secureCookies))?.value ?? '';
  const instance = await product();
  const opened = await openDoor(instance, door, token);
  const page = opened.ok ? await viewOwnPage(instance, opened.value, new Date()) : null;
  const entry =
    page?.own.entries.find(({ signatureId }) => signatureId === asked) ??
    (page?.own.entries.length === 1 ? page.own.entries[0] : undefined);
  // The page with the entries says how to get in, or what became of them.
  if (!page || !entry || !mayCorrect(entry, page.letter)) redirect(pageBehind(door));
  const t = await requestTranslator('public', page.locale);
  const path = correctPath(door, entry.signatureId);
  const { representativePrinted, ...fields } = entry.fields;
  const initial = { ...fields, representativePrinted: representativePrinted ? 'yes' : null, publication: entry.publication };
  const form = await readOwnForm(t, 'correct', door, page.own.signingId, initial, path);
  return (
    <Shell t={t} languages={path}>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('signing.correct.title')} over={page.letter.text.headline}>
        <p>{t('signing.correct.lead')}</p>
      </PageHead>
      <PrintedEntry
        t={t}
        letter={page.letter}
        entry={entry.entry}
        capacity={entry.capacity}
        publication={entry.publication}
        title={t('signing.own.entry')}
      />
      <form className="form signing" method="post" action={correctPath(door, entry.signatureId, 'correct/save')} noValidate>
        <input type="hidden" name="signing" value={page.own.signingId} />
        <input type="hidden" name="entry" value={entry.signatureId} />
        <input type="hidden" name="seen" value={entry.seen} />
        <Fields t={t} form={form} letter={page.letter} own={page.own} entry={entry} />
        <div className="actions">
          <Button>{t('signing.correct.button')}</Button>
          <ButtonLink look="quiet" href={pageBehind(door)}>
            {t('signing.correct.back')}
          </ButtonLink>
        </div>
      </form>
    </Shell>
  );
}

const mayCorrect = ({ status }: OwnEntry, { status: letter }: ShownLetter): boolean =>
  (status === 'listed' || status === 'held') && (letter === 'open' || letter === 'closed');

interface FieldsProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly letter: ShownLetter;
  readonly own: OwnSigning;
  readonly entry: OwnEntry;
}

function Fields({ t, form, letter, own, entry }: FieldsProps) {
  const field = { t, form };
  const forOrganisation = own.signers.includes('organisation');
  const reader = letter.reader || t('signing.the-addressee');
  const organisation = entry.fields.organisation || t('signing.signer.the-organisation');
  return (
    <>
      {forOrganisation ? (
        <RadioGroup
          {...field}
          name="signer"
          label={t('signing.signer')}
          options={own.signers.map((signer) => ({ value: signer, label: t(`signing.signer.${signer}`, { organisation }) }))}
        />
      ) : (
        <input type="hidden" name="signer" value="personal" />
      )}
      {forOrganisation ? (
        <div className="signing__organisation">
          <TextField {...field} name="organisation" label={t('signing.organisation')} hint={t('signing.organisation-hint')} />
          <TextField {...field} name="acronym" label={t('signing.acronym')} optional width="short" />
        </div>
      ) : null}
      <TextField {...field} name="name" label={t('signing.name')} autoComplete="name" />
      <TextField {...field} name="role" label={t('signing.role')} optional={!forOrganisation} autoComplete="organization-title" />
      <div className="signing__personal">
        <TextField {...field} name="affiliation" label={t('signing.affiliation')} hint={t('signing.affiliation-hint')} optional />
      </div>
      <TextField {...field} name="city" label={t('signing.city')} optional width="medium" />
      {letter.printsCountry ? (
        <TextField {...field} name="country" label={t('signing.country')} optional width="medium" autoComplete="country-name" />
      ) : (
        <input type="hidden" name="country" value={form.value('country')} />
      )}
      {forOrganisation ? (
        <div className="signing__organisation">
          {letter.representativePrinted === 'never' ? (
            <p>{t('signing.representative.never')}</p>
          ) : (
            <Checkbox {...field} name="representativePrinted" label={t('signing.representative')} hint={t('signing.representative-hint')} />
          )}
          <Checkbox {...field} name="authorised" label={t('signing.correct.authorised')} hint={t('signing.correct.authorised-hint')} />
          <p className="quiet small">{t(consentWordings['organisation/1'], { organisation })}</p>
        </div>
      ) : null}
      <RadioGroup
        {...field}
        name="publication"
        label={t('signing.publication')}
        options={publicationChoices.map((choice) => ({
          value: choice,
          label: t(`signing.publication-option.${choice}`),
          hint: t(`signing.publication-option.${choice}-hint`, { reader }),
        }))}
      />
    </>
  );
}
