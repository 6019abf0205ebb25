import { formatDay } from '../../../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { languageName } from '../../../../../../lib/letters/languages.ts';
import { consentWordings } from '../../../../../../lib/signatures/consent-wording.ts';
import type { EntryView } from '../../../../../../lib/signatures/entry-view.ts';
import { publicationWords } from '../../../../../../lib/signatures/mail.ts';
import { displayFingerprint } from '../../../../../../lib/text/fingerprint.ts';
import { Badge } from '../../../../../_components/ui/badge.tsx';
import { Facts } from '../../../../../_components/ui/table.tsx';
import { flagWords, STATUS_TONES } from '../entry-words.ts';

interface EntryFactsProps {
  readonly t: Translator;
  readonly view: EntryView;
}

export function EntryFacts({ t, view }: EntryFactsProps) {
  const { entry, signer, vouched, reader } = view;
  const facts = [
    { name: t('list.column.status'), value: <Badge tone={STATUS_TONES[entry.status]}>{t(`list.status.${entry.status}`)}</Badge> },
    { name: t('letters.list.capacity'), value: t(`letters.capacity.${entry.capacity}`) },
    { name: t('list.column.origin'), value: t(`list.origin.${entry.origin}`) },
    ...(entry.flags.length === 0 ? [] : [{ name: t('list.entry.look'), value: entry.flags.map((flag) => flagWords(t, flag)).join(' · ') }]),
    ...(signer === null || signer.name === ''
      ? []
      : [{ name: t('list.entry.signer'), value: <bdi>{[signer.name, signer.role].filter((part) => part !== '').join(', ')}</bdi> }]),
    ...(signer?.email ? [{ name: t('list.entry.address'), value: <bdi>{signer.email}</bdi> }] : []),
    ...(vouched === null
      ? []
      : [
          {
            name: t('list.entry.vouched'),
            value: t('list.entry.vouched.text', { member: vouched.member, means: vouched.means, day: formatDay(t.locale, vouched.on) }),
          },
        ]),
    { name: t('list.entry.shown'), value: publicationWords(t, entry.publication, reader || t('signing.the-addressee')) },
    ...consentFacts({ t, view }),
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t('list.entry.facts')}</h2>
      <Facts facts={facts} />
    </section>
  );
}

/** To which text, in whose words: of several versions the last one agreed to. */
function consentFacts({ t, view: { consents, entry } }: EntryFactsProps) {
  const consent = consents.at(-1);
  if (!consent) return [];
  const { language, fingerprint, wording } = consent;
  const known = Object.hasOwn(consentWordings, wording) ? consentWordings[wording as keyof typeof consentWordings] : null;
  return [
    { name: t('list.entry.consent'), value: t('list.entry.consent.text', { language: languageName(language) }) },
    { name: t('list.entry.fingerprint'), value: <code className="fingerprint">{displayFingerprint(fingerprint)}</code> },
    {
      name: t('list.entry.consent.wording'),
      value: known === null ? t('list.entry.consent.vouched') : t(known, { organisation: entry.lead }),
    },
  ];
}
