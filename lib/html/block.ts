import type { Entry, Section } from '../block/model.ts';
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
  const [first = '', ...others] = entry.lines;
  const lead = first.slice(0, entry.lead);
  const rest = first.slice(entry.lead);
  // What joins the lead and its details stands outside both isolates, in the direction of the list.
  const [, joint = '', detail = ''] = /^([\s,،、，]*)(.*)$/su.exec(rest) ?? [];
  const details = [detail === '' ? '' : `${escapeHtml(joint)}<bdi>${escapeHtml(detail)}</bdi>`];
  for (const line of others) details.push(`<br><bdi>${escapeHtml(line)}</bdi>`);
  return `<li><bdi class="lead">${escapeHtml(lead)}</bdi>${details.join('')}</li>\n`;
}
