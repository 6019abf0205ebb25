import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { type Finding, findingKey, isWaivable, waiverField } from '../../../../../lib/letters/checks.ts';
import { languageName } from '../../../../../lib/letters/languages.ts';
import { TextField } from '../../../../_components/ui/field.tsx';
import { type FormView, fieldId } from '../../../../_components/ui/form-view.ts';
import { Notice } from '../../../../_components/ui/notice.tsx';

/** What the checks found, each with its place, and the words by which it may stay as it is. */
export function Findings({
  t,
  form,
  findings,
}: {
  readonly t: Translator;
  readonly form: FormView;
  readonly findings: readonly Finding[];
}) {
  if (findings.length === 0) return <p>{t('letters.checks.none')}</p>;
  return (
    <section aria-labelledby="checks">
      <Notice t={t} tone="warning" title={t('letters.checks.title', { count: findings.length })}>
        {t('letters.checks.lead')}
      </Notice>
      <h2 id="checks" className="visually-hidden">
        {t('letters.checks.title', { count: findings.length })}
      </h2>
      <ol className="findings">
        {findings.map((finding) => (
          <li className="finding" key={findingKey(finding)}>
            <p className="finding__place">{placeWords(t, finding)}</p>
            {finding.found === '' ? null : (
              <p className="finding__found">
                <bdi>{finding.found}</bdi>
              </p>
            )}
            {isWaivable(finding) ? (
              <TextField
                t={t}
                form={form}
                name={waiverField(finding)}
                width="medium"
                autoComplete="off"
                label={t('letters.checks.why')}
                hint={t(`letters.checks.${finding.check}`)}
              />
            ) : (
              <p id={fieldId(waiverField(finding))}>{t('letters.checks.more')}</p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What stands in a field before anybody typed there: a letter without a date is as usual, since its delivery gives it one. */
export const usualReasons = (t: Translator, findings: readonly Finding[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    findings
      .filter(({ check }) => check === 'date-missing')
      .map((finding) => [waiverField(finding), t('letters.checks.date-missing.usual')]),
  );

/** For the summary above the page: the sentence is the same for each of them, so it begins with the place. */
export function withPlaces(t: Translator, form: FormView, findings: readonly Finding[]): FormView {
  const places = new Map(findings.map((finding) => [waiverField(finding), placeWords(t, finding)]));
  const named = ({ place, message }: FormView['errors'][number]) => {
    const words = places.get(place);
    return { place, message: words === undefined ? message : t('letters.checks.named', { place: words, message }) };
  };
  return { ...form, errors: form.errors.map(named) };
}

function placeWords(t: Translator, { language, part, line }: Finding): string {
  if (language === null) {
    return part === null ? t('letters.checks.place.letter') : t('letters.checks.place.whole', { part: t(`letters.checks.part.${part}`) });
  }
  const at = { language: languageName(language), part: t(`letters.checks.part.${part ?? 'whole'}`) };
  return line === null ? t('letters.checks.place.part', at) : t('letters.checks.place.line', { ...at, line });
}
