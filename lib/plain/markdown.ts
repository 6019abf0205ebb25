import { byAddendum } from '../block/addenda.ts';
import type { Entry, Section } from '../block/model.ts';
import { blockWording } from '../block/wording.ts';
import { addresseeLabel, addresseeLines, letterheadLines, markLines, placeAndDate, standingLine } from '../document/head-lines.ts';
import type { DocumentText, LetterDocument } from '../document/model.ts';
import { phrasesFor } from '../document/phrases.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { withNotesFrom } from '../text/renumber-notes.ts';
import { serialise } from '../text/serialise.ts';
import { superscriptRuns } from '../text/superscript-runs.ts';
import type { Block, Inline } from '../text/tree.ts';

export interface PlainOptions {
  /** The signatory block without the letter. */
  readonly blockOnly: boolean;
}

/** A letter as Markdown (CommonMark with tables, footnotes and `^superscript^`), in chunks; every name is escaped. */
export async function* renderMarkdown(document: LetterDocument, options: PlainOptions = { blockOnly: false }): AsyncGenerator<string> {
  const authentic = document.texts[0];
  for (const line of authentic === undefined ? [] : markLines(document, authentic.language)) yield `${paragraph([strong(line)])}\n\n`;
  if (!options.blockOnly) {
    if (document.letterhead) yield `${paragraph(letterheadLines(document.letterhead).flatMap(lineOf))}\n\n`;
    for (const [index, text] of document.texts.entries()) {
      const before = document.texts.slice(0, index).reduce((sum, other) => sum + other.body.footnotes.length, 0);
      yield `${index === 0 ? '' : `${rule}\n\n`}${textMarkdown(document, text, before)}\n\n`;
    }
  }
  for (const { addendum, sections } of byAddendum(document.sections)) {
    if (addendum !== null) yield `${write({ type: 'heading', level: 2, children: [plain(addendum.heading)] })}\n\n`;
    for (const section of sections) yield* sectionMarkdown(section, addendum === null ? 2 : 3);
  }
}

async function* sectionMarkdown(section: Section, level: 2 | 3): AsyncGenerator<string> {
  if (section.heading !== null) yield `${write({ type: 'heading', level, children: [plain(section.heading)] })}\n\n`;
  if (section.countLine !== null) yield `${paragraph([plain(section.countLine)])}\n\n`;
  if (section.note !== null) yield `${paragraph([{ type: 'emphasis', children: [plain(section.note)] }])}\n\n`;
  let number = 0;
  for await (const entries of section.batches()) {
    yield entries.map((entry) => `${entryMarkdown(entry, section.numbered ? `${++number}. ` : '- ')}\n`).join('');
  }
  yield '\n';
}

const plain = (value: string): Inline => ({ type: 'text', value });
const strong = (value: string): Inline => ({ type: 'strong', children: [plain(value)] });
const write = (...blocks: readonly Block[]): string => serialise({ blocks, footnotes: [] });
const paragraph = (children: readonly Inline[]): string => write({ type: 'paragraph', children });
const lineOf = (line: string, index: number): Inline[] => (index === 0 ? [plain(line)] : [{ type: 'break' }, plain(line)]);
const rule = write({ type: 'rule' });

/** Lines that Markdown reads as they stand: most entries, which so needn't be made a tree of. */
const PLAIN_LINE = /^\p{L}[\p{L}\p{M}\p{N} ,.'’()/–-]*$/u;
const PLAIN_REST = /^(?:[ ,(،][\p{L}\p{M}\p{N} ,.'’()/،–-]*)?$/u;

/** One entry as an item; its first line's lead is strong, its other lines follow as hard breaks. */
export function entryMarkdown(entry: Entry, marker: string): string {
  const [first = '', ...others] = entry.lines;
  const lead = first.slice(0, entry.lead);
  const rest = first.slice(entry.lead);
  const margin = ' '.repeat(marker.length);
  if (PLAIN_LINE.test(lead) && PLAIN_REST.test(rest) && others.every((line) => PLAIN_LINE.test(line)) && !hasOddSpace(entry)) {
    return `${marker}**${lead}**${rest}${others.map((line) => `\\\n${margin}${line}`).join('')}`;
  }
  const children: Inline[] = [strong(lead), plain(rest)];
  for (const line of others) children.push({ type: 'break' }, plain(line));
  return marker + paragraph(children).replace(/\n/g, `\n${margin}`);
}

const hasOddSpace = (entry: Entry): boolean => entry.lines.some((line) => / {2}| $/.test(line)) || entry.lines[0]?.[entry.lead - 1] === ' ';

/** @param notesBefore footnotes of the texts before: in one file of Markdown a note's number may stand for one note only */
function textMarkdown(document: LetterDocument, text: DocumentText, notesBefore: number): string {
  const { comma } = blockWording(text.language);
  const phrases = phrasesFor(text.language);
  const body = withNotesFrom(text.body, notesBefore);
  const blocks: Block[] = [];
  const add = (children: readonly Inline[]): void => {
    blocks.push({ type: 'paragraph', children });
  };
  const standing = standingLine(document, text);
  if (standing !== null) add([{ type: 'emphasis', children: [plain(standing)] }]);
  const date = placeAndDate(document, text, comma);
  if (date !== null) add([plain(date)]);
  const to = addresseeLabel(text);
  text.addressees.forEach((addressee, index) => {
    const lines = addresseeLines(addressee, comma);
    add(withBreaks(lines.map((line, at) => (index === 0 && at === 0 && to !== '' ? `${to} ${line}` : line))));
  });
  if (text.cc.length > 0) add(withBreaks(text.cc.map((line, index) => (index === 0 ? `${phrases.cc} ${line}` : line))));
  if (text.reference !== null) add([plain(`${phrases.re} `), ...superscriptRuns(text.reference)]);
  blocks.push({ type: 'heading', level: 1, children: superscriptRuns(text.headline) });
  if (text.subtitle !== null) add([{ type: 'emphasis', children: superscriptRuns(text.subtitle) }]);
  blocks.push(...linesBlocks(text.salutation), ...body.blocks.map(lowered), ...linesBlocks(text.closing), ...linesBlocks(text.disclaimer));
  const fingerprint =
    text.fingerprint === null ? '' : `\n\n${paragraph([plain(`${phrases.fingerprint} ${displayFingerprint(text.fingerprint)}`)])}`;
  // A list at the end of an unfrozen text would run into that of the signatories.
  if (text.fingerprint === null && blocks.at(-1)?.type === 'list') blocks.push({ type: 'rule' });
  return serialise({ blocks, footnotes: body.footnotes }) + fingerprint;
}

/** The headline is the only heading of the first level. */
const lowered = (block: Block): Block => {
  if (block.type !== 'heading') return block;
  return { ...block, level: block.level === 1 ? 2 : block.level };
};

const withBreaks = (lines: readonly string[]): Inline[] =>
  lines.flatMap((line, index): Inline[] => (index === 0 ? [...superscriptRuns(line)] : [{ type: 'break' }, ...superscriptRuns(line)]));

const linesBlocks = (lines: string | null): Block[] =>
  lines === null ? [] : lines.split('\n\n').map((part) => ({ type: 'paragraph', children: withBreaks(part.split('\n')) }));
