import type { Entry, Section } from '../block/model.ts';
import { entryPieces, type Piece } from '../block/pieces.ts';
import { escapeHtml } from './escape.ts';

/**
 * A section of the signatory block as HTML, in chunks: heading, note, count, and a list with one item for each entry. Every part of an
 * entry is isolated (`bdi`), so that a name in one direction never reorders its neighbours.
 */
export async function* sectionHtml(section: Section, headingLevel: 2 | 3 = 2): AsyncGenerator<string> {
  yield `<section class="signatories ${section.kind}">\n`;
  if (section.heading !== null) yield `<h${headingLevel}>${escapeHtml(section.heading)}</h${headingLevel}>\n`;
  if (section.countLine !== null) yield `<p class="count">${escapeHtml(section.countLine)}</p>\n`;
  if (section.note !== null) yield `<p class="note">${escapeHtml(section.note)}</p>\n`;
  if (section.count > 0) {
    const element = section.numbered ? 'ol' : 'ul';
    yield `<${element} class="entries columns-${section.columns}">\n`;
    for await (const entries of section.batches()) yield entries.map(entryHtml).join('');
    yield `</${element}>\n`;
  }
  yield '</section>\n';
}

/** One entry as a list item. */
export function entryHtml(entry: Entry): string {
  return `<li>${entryPieces(entry)
    .map((line) => line.map(pieceHtml).join(''))
    .join('<br>')}</li>\n`;
}

function pieceHtml({ kind, text }: Piece): string {
  if (kind === 'joint') return escapeHtml(text);
  return `<bdi${kind === 'lead' ? ' class="lead"' : ''}>${escapeHtml(text)}</bdi>`;
}
