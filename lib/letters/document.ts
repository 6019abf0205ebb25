import {
  findLetterById,
  type LetterRow,
  type LetterTextRow,
  listLetterTexts,
  listVersionTexts,
  type VersionTextRow,
} from '../../db/queries/letters.ts';
import { type GivenBlockSettings, withDefaults } from '../block/record.ts';
import { makeSections } from '../block/sections.ts';
import type { DocumentMark, DocumentText, Edition, LetterDocument } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { listedRecords } from '../signatures/records.ts';
import { type AcceptedText, acceptTypedText } from '../text/canonical.ts';
import { readCanonical } from '../text/read-canonical.ts';
import { isDraft } from './status.ts';

export interface LetterDocumentInput {
  /** `addressee` only where somebody has chosen that edition; everything else shows the public one. */
  readonly edition: Edition;
  readonly now: Date;
}

/**
 * A stored letter as every renderer takes it. Once frozen its texts are read from the canonical form the fingerprint covers; a draft's
 * are those typed last, without a fingerprint. Who may see it is decided by the caller, who has the letter's scope.
 * @returns null where there is no such letter
 */
export async function letterDocument(
  instance: Instance,
  letterId: string,
  { edition, now }: LetterDocumentInput,
): Promise<LetterDocument | null> {
  const { read } = instance.store;
  const letter = await findLetterById(read, letterId);
  if (!letter) return null;
  const texts = letter.liveVersionId
    ? (await listVersionTexts(read, letter.liveVersionId)).map(frozenDocumentText)
    : (await listLetterTexts(read, letter)).map((text) => draftDocumentText(text, letter.authenticLanguage));
  const sections = namesMayShow(letter)
    ? await makeSections({
        source: await listedRecords(instance, { letterId, edition }),
        settings: letterBlock(letter),
        language: letter.authenticLanguage,
        edition,
      })
    : [];
  return { kind: letter.kind, texts, date: letter.date, place: letter.place, sections, edition, mark: markOf(letter, now) };
}

/** Names leave every document with the letter's withdrawal, and while they are hidden: in either edition, from the next call on. */
export const namesMayShow = (letter: Pick<LetterRow, 'status' | 'namesHidden'>) => letter.status !== 'withdrawn' && !letter.namesHidden;

/** How a letter sets its signatory block. What a command wrote was checked there. */
export const letterBlock = (letter: Pick<LetterRow, 'block'>) => withDefaults(letter.block as GivenBlockSettings);

export type FrozenDocumentText = DocumentText & { readonly fingerprint: string };

/** Only a delivered letter is final: until then a printed page must say of when it is. */
function markOf(letter: Pick<LetterRow, 'status' | 'zone'>, now: Date): DocumentMark | null {
  if (isDraft(letter.status)) return { type: 'draft' };
  return letter.status === 'delivered' ? null : { type: 'not-final', asOf: now, zone: letter.zone };
}

/** A frozen text as it is shown and printed. */
export function frozenDocumentText(row: VersionTextRow): FrozenDocumentText {
  const text = readCanonical(row.canonical);
  if (!text.ok) throw new Error(`the frozen text ${row.fingerprint} is not in its canonical form`);
  return { ...documentText(text.value, row), authentic: row.authentic, fingerprint: row.fingerprint };
}

function draftDocumentText(row: LetterTextRow, authenticLanguage: string): DocumentText {
  const text = acceptTypedText(row);
  if (!text.ok) throw new Error('a draft was stored that its form would refuse');
  return { ...documentText(text.value, row), authentic: row.language === authenticLanguage, fingerprint: null };
}

const documentText = (
  text: AcceptedText,
  { language, cc, reference }: Pick<VersionTextRow, 'language' | 'cc' | 'reference'>,
): Omit<DocumentText, 'authentic' | 'fingerprint'> => ({
  language,
  headline: text.headline,
  subtitle: orNull(text.subtitle),
  addressees: text.addressees.map(({ name, office, lines }) => ({ name, office: orNull(office), lines })),
  cc,
  reference: orNull(reference),
  salutation: orNull(text.salutation),
  body: text.body,
  closing: orNull(text.closing),
  disclaimer: orNull(text.disclaimer),
});

const orNull = (value: string): string | null => (value === '' ? null : value);
