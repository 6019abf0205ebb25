import type { Section } from '../block/model.ts';
import type { Body } from '../text/tree.ts';

/** What every renderer takes: a letter with its texts parsed and its signatory block made. No ids, no database, no policy. */
export interface LetterDocument {
  readonly kind: LetterKind;
  /** The authentic text first, translations after it. Never empty. */
  readonly texts: readonly DocumentText[];
  /** ISO calendar date (`2007-05-02`); printed in long form in each text's language. */
  readonly date: string | null;
  readonly place: string | null;
  readonly sections: readonly Section[];
  readonly edition: Edition;
  /** What is printed on every page of a document that is not the final one. */
  readonly mark: DocumentMark | null;
  /** On a page, the paragraphs of the body fill their column; ragged where it is left out. */
  readonly justified?: boolean;
  /** At the head of the first page, above everything; outside the canonical text. */
  readonly letterhead?: Letterhead;
  /** Of the instance where the fingerprint of a frozen text leads to its letter: printed as a QR code beside it, where there are pages. */
  readonly verifyOrigin?: string;
  /** On a page of its own before the letter; only a document that has pages has it. */
  readonly cover?: Cover;
}

/** What goes with a copy of a letter, in the words of whoever hands it out. */
export interface Cover {
  /** BCP 47; may be another than the letter's. */
  readonly language: string;
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly body: Body;
}

export interface Letterhead {
  /** Of the coalition, as the public knows it: stands for the picture where none can be. */
  readonly name: string;
  /** May be empty where there is a picture. */
  readonly lines: readonly string[];
  readonly logo: LetterheadLogo | null;
}

export interface LetterheadLogo {
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly base64: string;
}

export type LetterKind = 'open-letter' | 'petition' | 'statement';
export type Edition = 'public' | 'addressee';
export type DocumentMark =
  | { readonly type: 'draft' }
  /** For whoever has to decide whether to sign: without the list. */
  | { readonly type: 'for-decision' }
  | {
      readonly type: 'not-final' | 'withdrawn' /** Of the state printed, or of the withdrawal. */;
      readonly asOf: Date;
      readonly zone: string;
    };

export interface Addressee {
  readonly name: string;
  readonly office: string | null;
  readonly lines: readonly string[];
}

export interface DocumentText {
  /** BCP 47. */
  readonly language: string;
  readonly authentic: boolean;
  /** Single lines; a superscript, `23^rd^`, stands in them as typed: walk them with `superscriptRuns` of lib/text. */
  readonly headline: string;
  readonly subtitle: string | null;
  readonly addressees: readonly Addressee[];
  readonly cc: readonly string[];
  readonly reference: string | null;
  readonly salutation: string | null;
  readonly body: Body;
  readonly closing: string | null;
  readonly disclaimer: string | null;
  /** 64 hex digits of SHA-256 over the canonical form; null for a text that is not frozen. */
  readonly fingerprint: string | null;
}
