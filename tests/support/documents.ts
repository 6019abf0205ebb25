import type { GivenBlockSettings, SignatoryRecord } from '../../lib/block/record.ts';
import { sourceOf } from '../../lib/block/record.ts';
import { documentFromLetterFile } from '../../lib/document/from-letter-file.ts';
import type { DocumentMark, Edition, LetterDocument } from '../../lib/document/model.ts';
import { acceptLetterHead } from '../../lib/letter-file/letter-file.ts';

/** An invented letter with everything a letter can hold. */
export const ferryLetter = {
  kind: 'petition',
  authenticLanguage: 'en',
  date: '2026-05-02',
  place: 'Port Ellery',
  texts: [
    {
      language: 'en',
      headline: 'Keep the night ferry',
      subtitle: '23^rd^ session',
      addressees: [{ name: 'Maren Oldquist', office: 'Minister of Harbours', lines: ['1 Quay Street'] }, { name: 'The Harbour Council' }],
      cc: ['Lighthouse Board'],
      reference: 'HC/23',
      salutation: 'Dear Minister,',
      body: '# Demands\n\nWe ask **two** things & more:[^1]\n\n1. ferries\n2. [times](https://harbour.example/?a=1&b=2)\n\n> A quote\n\n| stop | hour |\n|---|--:|\n| Quay | 9 |\n\n[^1]: Of *three*.',
      closing: 'Yours,\nThe undersigned',
      disclaimer: 'Views are their own.',
    },
    { language: 'fa', headline: 'کشتی شبانه را نگه دارید', body: 'ما می‌خواهیم.' },
  ],
};

export interface DocumentOptions {
  readonly letter?: unknown;
  readonly block?: GivenBlockSettings;
  readonly records?: readonly SignatoryRecord[];
  readonly edition?: Edition;
  readonly mark?: DocumentMark;
}

/** The document of an invented letter and its records. */
export async function documentOf({
  letter = ferryLetter,
  block = {},
  records = [],
  edition = 'public',
  mark,
}: DocumentOptions = {}): Promise<LetterDocument> {
  const file = acceptLetterHead({ format: 'undersigned-letter/1', letter, block });
  if (!file.ok) throw new Error(JSON.stringify(file.reason));
  const document = await documentFromLetterFile({ file: file.value, source: sourceOf(records), edition, mark: mark ?? null });
  if (!document.ok) throw new Error(JSON.stringify(document.reason));
  return document.value;
}
