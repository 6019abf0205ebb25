import { byAddendum } from '../block/addenda.ts';
import type { Section } from '../block/model.ts';
import { blockWording } from '../block/wording.ts';
import { addresseeLabel, addresseeLines, letterheadLines, markLines, placeAndDate, standingLine } from '../document/head-lines.ts';
import type { DocumentText, LetterDocument } from '../document/model.ts';
import { phrasesFor } from '../document/phrases.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { superscriptRuns } from '../text/superscript-runs.ts';
import { bodyText, inlinesText } from './body-text.ts';
import type { PlainOptions } from './markdown.ts';

/** A letter as plain text (UTF-8, LF), in chunks. */
export async function* renderText(document: LetterDocument, options: PlainOptions = { blockOnly: false }): AsyncGenerator<string> {
  const authentic = document.texts[0];
  for (const line of authentic === undefined ? [] : markLines(document, authentic.language)) yield `*** ${line} ***\n\n`;
  if (!options.blockOnly) {
    if (document.letterhead) yield `${letterheadLines(document.letterhead).join('\n')}\n\n`;
    for (const [index, text] of document.texts.entries())
      yield `${index === 0 ? '' : `${'-'.repeat(72)}\n\n`}${textText(document, text)}\n\n\n`;
  }
  for (const { addendum, sections } of byAddendum(document.sections)) {
    if (addendum !== null) yield `\n${addendum.heading}\n\n`;
    for (const section of sections) {
      const head = [section.heading, section.countLine, section.note].filter((line) => line !== null);
      if (head.length > 0) yield `${head.join('\n')}\n\n`;
      yield* entriesText(section);
      yield '\n';
    }
  }
}

/**
 * An entry of several lines stands between empty lines, its further lines indented: whose detail a line is must show even beside an
 * entry that has none.
 */
async function* entriesText(section: Section): AsyncGenerator<string> {
  let number = 0;
  let previousLines = 0;
  for await (const entries of section.batches()) {
    let chunk = '';
    for (const entry of entries) {
      const label = section.numbered ? `${++number}. ` : '';
      if (previousLines > 1 || (previousLines === 1 && entry.lines.length > 1)) chunk += '\n';
      chunk += `${label}${entry.lines.join(`\n${' '.repeat(label.length || 2)}`)}\n`;
      previousLines = entry.lines.length;
    }
    yield chunk;
  }
}

function textText(document: LetterDocument, text: DocumentText): string {
  const { comma } = blockWording(text.language);
  const phrases = phrasesFor(text.language);
  const line = (value: string): string => inlinesText(superscriptRuns(value));
  const labelled = (label: string, lines: readonly string[]): string | null =>
    lines.length === 0
      ? null
      : `${label}${lines
          .map((value, index) => (label === '' ? '' : index === 0 ? ' ' : ' '.repeat(label.length + 1)) + line(value))
          .join('\n')
          .replace(/ +$/gm, '')}`;
  // Addressees of several lines would run into one another.
  const apart = text.addressees.some((addressee) => addressee.lines.length > 0);
  const parts = [
    standingLine(document, text),
    placeAndDate(document, text, comma),
    labelled(
      addresseeLabel(text),
      text.addressees.flatMap((addressee, index) => [...(index > 0 && apart ? [''] : []), ...addresseeLines(addressee, comma)]),
    ),
    labelled(phrases.cc, text.cc),
    labelled(phrases.re, text.reference === null ? [] : [text.reference]),
    line(text.headline),
    text.subtitle === null ? null : line(text.subtitle),
    text.salutation === null ? null : line(text.salutation),
    bodyText(text.body, phrases.notes),
    text.closing === null ? null : line(text.closing),
    text.disclaimer === null ? null : line(text.disclaimer),
    text.fingerprint === null ? null : `${phrases.fingerprint}\n${displayFingerprint(text.fingerprint)}`,
  ];
  return parts.filter((part) => part !== null && part !== '').join('\n\n');
}
