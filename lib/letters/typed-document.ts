import type { LetterRow } from '../../db/queries/letters.ts';
import type { LetterDocument } from '../document/model.ts';
import { draftDocumentText } from './document.ts';
import type { TextInput } from './text-schema.ts';

/** What stands over a text: of the letter as it is stored, or as its first form says. */
export type DocumentHead = Pick<LetterRow, 'kind' | 'date' | 'place'>;

/** A text as it is being typed, as a document of its own. It is stored nowhere, and nobody has signed it. */
export function typedDocument(head: DocumentHead, language: string, text: TextInput): LetterDocument {
  return {
    kind: head.kind,
    texts: [draftDocumentText({ ...text, language }, language)],
    date: head.date,
    place: head.place,
    sections: [],
    edition: 'public',
    mark: { type: 'draft' },
  };
}
