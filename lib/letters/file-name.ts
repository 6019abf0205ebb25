import type { LetterStatus } from '../../db/schema/values.ts';
import { slugOf } from '../coalitions/slug.ts';
import type { Edition } from '../document/model.ts';
import { isDraft, isFinal } from './status.ts';

/** Characters; four bytes each at most, where file systems end at 255 bytes. */
const LONGEST = 40;

export interface NamedLetter {
  /** In the file's language. */
  readonly headline: string;
  readonly status: LetterStatus;
  /** BCP 47, where the file holds one text of several: each has a name of its own. */
  readonly language: string | null;
  /** The public one where it is left out. The addressee's is never taken for it. */
  readonly edition?: Edition;
  /** For whoever has to decide whether to sign. */
  readonly copy?: 'board';
  /** As it was handed over, or what came later alone; else the signatories without the letter. */
  readonly part?: 'signatories' | 'as-delivered' | 'addendum';
}

/** The name a letter's file is saved under. */
export interface FileName {
  /** ASCII: means the same on every system, and needs no encoding in a header. `letter` where the headline has no Latin letters. */
  readonly plain: string;
  /** In the headline's own script. */
  readonly own: string;
}

export function letterFileName({ headline, status, language, edition = 'public', copy, part }: NamedLetter, format: string): FileName {
  const state = isDraft(status) ? '-draft' : status === 'withdrawn' ? '-withdrawn' : isFinal(status) ? '' : '-not-final';
  const reader = edition === 'addressee' ? '-addressee' : '';
  const end = `${part === undefined ? '' : `-${part}`}${reader}${language === null ? '' : `-${slugOf(language, 'text')}`}${copy === 'board' ? '-for-your-board' : state}.${format}`;
  const plain = slugOf(headline, 'letter');
  return { plain: plain + end, own: (ownSlug(headline) || plain) + end };
}

/** Letters, marks and digits of any script. What nobody sees (joiners, bidi controls) is left out. */
const ownSlug = (headline: string): string =>
  [
    ...headline
      .toWellFormed()
      .normalize('NFC')
      .toLowerCase()
      .replace(/\p{Cf}/gu, '')
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-'),
  ]
    .slice(0, LONGEST)
    .join('')
    .replace(/^-+|-+$/g, '');
