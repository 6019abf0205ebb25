import { byAddendum } from '../block/addenda.ts';
import type { Entry, Section } from '../block/model.ts';
import { entryPieces, type Piece } from '../block/pieces.ts';
import { escapeHtml } from './escape.ts';

/** The block: the sections of the list, and below them every addendum under a heading of its own. */
export async function* blockHtml(sections: readonly Section[]): AsyncGenerator<string> {
  for (const group of byAddendum(sections)) {
    if (group.addendum !== null) yield `<section class="addendum">\n<h2>${escapeHtml(group.addendum.heading)}</h2>\n`;
    for (const section of group.sections) yield* sectionHtml(section, group.addendum === null ? 2 : 3);
    if (group.addendum !== null) yield '</section>\n';
  }
}

/**
 * A section of the signatory block as HTML, in chunks: heading, note, count, and a list with one item for each entry. Every part of an
 * entry is isolated (`bdi`), so that a name in one direction never reorders its neighbours.
 */
async function* sectionHtml(section: Section, headingLevel: 2 | 3): AsyncGenerator<string> {
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
