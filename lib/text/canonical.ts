/**
 * `undersigned-text/1`: the bytes over which a letter's fingerprint is taken. The format is described for reimplementation in
 * docs/canonical-text.md, with vectors in tests/unit/text/vectors; it is final, and a change is a new grammar version.
 */
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';
import type { TextFault } from './characters.ts';
import { acceptLine, acceptLines } from './characters.ts';
import { parseMarkdown } from './markdown.ts';
import { serialise } from './serialise.ts';
import type { Body } from './tree.ts';

export const CANONICAL_GRAMMAR = 'undersigned-text/1';

/** UTF-16 units; checked again by every schema that takes these fields. */
export const TEXT_LIMITS = { line: 1000, lines: 10_000, addressees: 200, addresseeLines: 20 } as const;

/** One language's text as its writer typed it. Absent and empty mean the same. */
export interface TypedText {
  readonly addressees: readonly { readonly name: string; readonly office?: string | null; readonly lines?: readonly string[] }[];
  readonly headline: string;
  readonly subtitle?: string | null;
  readonly salutation?: string | null;
  /** Markdown. */
  readonly body: string;
  readonly closing?: string | null;
  readonly disclaimer?: string | null;
}

/** The same with every character rule applied and the body parsed; empty fields are empty strings. */
export interface AcceptedText {
  readonly addressees: readonly { readonly name: string; readonly office: string; readonly lines: readonly string[] }[];
  readonly headline: string;
  readonly subtitle: string;
  readonly salutation: string;
  readonly body: Body;
  readonly closing: string;
  readonly disclaimer: string;
}

/** Applies the rules of every field; faults have places like `addressees[0].name`, `body`. */
export function acceptTypedText(typed: TypedText): Result<AcceptedText, readonly Fault[]> {
  const faults: Fault[] = [];
  const take = (place: string, result: Result<string, TextFault>): string => {
    if (result.ok) return result.value;
    faults.push({ place, reason: result.reason.reason, values: result.reason.values });
    return '';
  };
  const line = (place: string, value: string | null | undefined): string => take(place, acceptLine(value ?? '', TEXT_LIMITS.line));
  const lines = (place: string, value: string | null | undefined): string => take(place, acceptLines(value ?? '', TEXT_LIMITS.lines));

  const addressees = typed.addressees.map((addressee, index) => ({
    name: line(`addressees[${index}].name`, addressee.name),
    office: line(`addressees[${index}].office`, addressee.office),
    lines: (addressee.lines ?? []).map((value, at) => line(`addressees[${index}].lines[${at}]`, value)).filter((value) => value !== ''),
  }));
  const body = parseMarkdown(typed.body);
  if (!body.ok) faults.push(...body.reason.map((fault) => ({ ...fault, place: 'body' })));
  const accepted: AcceptedText = {
    addressees,
    headline: line('headline', typed.headline),
    subtitle: line('subtitle', typed.subtitle),
    salutation: lines('salutation', typed.salutation),
    body: body.ok ? body.value : { blocks: [], footnotes: [] },
    closing: lines('closing', typed.closing),
    disclaimer: lines('disclaimer', typed.disclaimer),
  };
  return faults.length > 0 ? refusal(faults) : success(accepted);
}

/** The canonical form of an accepted text; its UTF-8 bytes are what the fingerprint covers. */
export function canonicalText(text: AcceptedText): string {
  const count = (name: string, items: readonly unknown[]): string => `${name} ${items.length}\n`;
  const addressees = text.addressees.map(
    (addressee) =>
      field('addressee.name', addressee.name) +
      field('addressee.office', addressee.office) +
      count('addressee.lines', addressee.lines) +
      addressee.lines.map((line) => field('addressee.line', line)).join(''),
  );
  return [
    `${CANONICAL_GRAMMAR}\n`,
    count('addressees', text.addressees),
    ...addressees,
    field('headline', text.headline),
    field('subtitle', text.subtitle),
    field('salutation', text.salutation),
    field('body', serialise(text.body)),
    field('closing', text.closing),
    field('disclaimer', text.disclaimer),
  ].join('');
}

/** Name, space, length in bytes, LF, the bytes, LF: no content can be mistaken for the field that follows. */
const field = (name: string, value: string): string => `${name} ${Buffer.byteLength(value, 'utf8')}\n${value}\n`;
