import { blockWording } from '../block/wording.ts';
import { addresseeLabel, addresseeLines, markLines, placeAndDateParts, standingLine } from '../document/head-lines.ts';
import type { DocumentText, LetterDocument, Letterhead } from '../document/model.ts';
import { phrasesFor } from '../document/phrases.ts';
import { languageDirection } from '../text/direction.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { withoutSuperscript } from '../text/superscript-runs.ts';
import { blockHtml } from './block.ts';
import { bodyHtml, lineHtml } from './body.ts';
import { escapeHtml } from './escape.ts';
import { pageStyle } from './style.ts';

export interface HtmlOptions {
  /** The signatory block without the letter. */
  readonly blockOnly: boolean;
  /** What whoever looks should know of this page, in their own language: it stands first. */
  readonly notes?: readonly string[];
}

/**
 * A letter as one HTML page that stands alone: no script, no request to anywhere, and a policy that forbids both. Chunks of text,
 * bounded by a batch of entries.
 */
export async function* renderHtml(document: LetterDocument, options: HtmlOptions = { blockOnly: false }): AsyncGenerator<string> {
  const authentic = authenticText(document);
  yield `<!doctype html>
<html lang="${escapeHtml(authentic.language)}" dir="${languageDirection(authentic.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${document.letterhead?.logo ? '; img-src data:' : ''}">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(withoutSuperscript(authentic.headline))}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
`;
  for (const note of options.notes ?? []) yield `<p class="mark" dir="auto">${escapeHtml(note)}</p>\n`;
  for (const line of markLines(document, authentic.language)) yield `<p class="mark">${escapeHtml(line)}</p>\n`;
  if (!options.blockOnly && document.letterhead) yield letterheadHtml(document.letterhead);
  if (!options.blockOnly) for (const [index, text] of document.texts.entries()) yield textHtml(document, text, index);
  yield* blockHtml(document.sections);
  yield '</main>\n</body>\n</html>\n';
}

const authenticText = (document: LetterDocument): DocumentText => {
  const text = document.texts.find((candidate) => candidate.authentic) ?? document.texts[0];
  if (text === undefined) throw new Error('a letter without a text');
  return text;
};

/** The picture stands in the page itself: nothing is fetched. */
function letterheadHtml({ name, lines, logo }: Letterhead): string {
  const picture =
    logo === null ? '' : `<img src="data:${logo.mediaType};base64,${logo.base64}" alt="${lines.length === 0 ? escapeHtml(name) : ''}">\n`;
  const words = lines.map((line) => `<bdi>${escapeHtml(line)}</bdi>`).join('<br>');
  return `<header class="letterhead">\n${picture}${words === '' ? '' : `<p>${words}</p>\n`}</header>\n`;
}

/** One text of the letter as an `article`, from its head to its fingerprint. */
export function textHtml(document: LetterDocument, text: DocumentText, index: number): string {
  const { comma } = blockWording(text.language);
  const phrases = phrasesFor(text.language);
  const standing = standingLine(document, text);
  const date = placeAndDateParts(document, text);
  const to = addresseeLabel(text);
  const addressees = text.addressees.map((addressee) => addresseeLines(addressee, comma));
  const head: [string, readonly string[]][] = to === '' ? [] : addressees.map((lines, at) => [at === 0 ? to : '', lines]);
  text.cc.forEach((line, at) => {
    head.push([at === 0 ? phrases.cc : '', [line]]);
  });
  if (text.reference !== null) head.push([phrases.re, [text.reference]]);
  const parts = [
    `<article lang="${escapeHtml(text.language)}" dir="${languageDirection(text.language)}">`,
    standing === null ? '' : `<p class="standing">${escapeHtml(standing)}</p>`,
    date.length === 0 ? '' : `<p class="place-date">${date.map((part) => `<bdi>${escapeHtml(part)}</bdi>`).join(comma)}</p>`,
    ...(to === '' ? addressees.map((lines) => `<p>${isolatedLines(lines)}</p>`) : []),
    head.length === 0 ? '' : headList(head),
    `<h1>${lineHtml(text.headline)}</h1>`,
    text.subtitle === null ? '' : `<p class="subtitle">${lineHtml(text.subtitle)}</p>`,
    linesHtml('salutation', text.salutation),
    bodyHtml(text.body, {
      idPrefix: `text-${index + 1}-`,
      headingLevel: 2,
      direction: languageDirection(text.language),
      notesHeading: phrases.notes,
    }),
    linesHtml('closing', text.closing),
    linesHtml('disclaimer', text.disclaimer),
    text.fingerprint === null
      ? ''
      : `<p class="fingerprint">${escapeHtml(phrases.fingerprint)} <code>${displayFingerprint(text.fingerprint)}</code></p>`,
    '</article>',
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

/** An empty label goes on with the one before it, so that several addressees share one "To:". */
function headList(head: readonly (readonly [string, readonly string[]])[]): string {
  const rows = head.map(([label, lines]) => {
    const term = label === '' ? '' : `<dt>${escapeHtml(label)}</dt>`;
    return `${term}<dd>${isolatedLines(lines)}</dd>`;
  });
  return `<dl class="head">\n${rows.join('\n')}\n</dl>`;
}

const isolatedLines = (lines: readonly string[]): string => lines.map((line) => `<bdi>${lineHtml(line)}</bdi>`).join('<br>');

const linesHtml = (name: string, lines: string | null): string => (lines === null ? '' : `<p class="${name} lines">${lineHtml(lines)}</p>`);
