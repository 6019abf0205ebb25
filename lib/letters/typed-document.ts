import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import type { CoalitionScope, LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { LetterDocument, Letterhead } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { draftDocumentText } from './document.ts';
import { coalitionLetterhead, letterheadOf } from './letterhead.ts';
import { presetSettings } from './presets.ts';
import type { LetterInput } from './schema.ts';
import type { TextInput } from './text-schema.ts';

/** A letter's first text as it is being typed in the form of a new letter. It is stored nowhere, and nobody has signed it. */
export async function typedLetterDocument(
  instance: Instance,
  { coalitionId }: For<CoalitionScope, 'draft'>,
  input: LetterInput,
): Promise<LetterDocument> {
  const letterhead = await coalitionLetterhead(instance, coalitionId, presetSettings[input.preset].policies);
  return typedDocument(input, input.language, input, letterhead);
}

/** A text of a stored letter as it is being typed, alone; null where there is no such letter. */
export async function typedTextDocument(
  instance: Instance,
  { coalitionId, letterId }: For<LetterScope, 'draft'>,
  language: string,
  text: TextInput,
): Promise<LetterDocument | null> {
  const letter = await findLetter(instance.store.read, coalitionId, letterId);
  return letter && typedDocument(letter, language, text, await letterheadOf(instance, letter));
}

const typedDocument = (
  { kind, date, place }: Pick<LetterRow, 'kind' | 'date' | 'place'>,
  language: string,
  text: TextInput,
  letterhead: Letterhead | undefined,
): LetterDocument => ({
  kind,
  texts: [draftDocumentText({ ...text, language }, language)],
  date,
  place,
  sections: [],
  edition: 'public',
  mark: { type: 'draft' },
  ...(letterhead === undefined ? {} : { letterhead }),
});
