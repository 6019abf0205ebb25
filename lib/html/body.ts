import type { Direction } from '../text/direction.ts';
import { beforeMark } from '../text/note-marks.ts';
import { superscriptRuns } from '../text/superscript-runs.ts';
import type { Block, Body, CellAlignment, Inline } from '../text/tree.ts';
import { escapeHtml } from './escape.ts';

export interface BodyHtmlOptions {
  /** Begins the ids of footnotes, so that two texts can stand on one page. Letters, digits and hyphens. */
  readonly idPrefix: string;
  /** What a first-level heading of the body becomes: 2 under the letter's own h1. */
  readonly headingLevel: 2 | 3;
  /** Of the text. */
  readonly direction: Direction;
  /** Heads the footnotes, in the text's language. */
  readonly notesHeading: string;
}

/**
 * A letter's body as an HTML fragment, safe to embed anywhere: every character of the letter is escaped, and the elements are p, h2–h6,
 * blockquote, ul, ol, li, table, hr, em, strong, sup, br, a and the footnotes' section. No class but `align-*`, no style, no script.
 */
export function bodyHtml(body: Body, options: BodyHtmlOptions): string {
  const writer = new BodyWriter(options);
  return writer.blocks(body.blocks) + writer.notes(body);
}

/** A single line, as a headline, with its superscripts. */
export const lineHtml = (line: string): string =>
  superscriptRuns(line)
    .map((run) => {
      if (run.type === 'text') return escapeHtml(run.value);
      return run.type === 'superscript'
        ? `<sup>${run.children.map((child) => (child.type === 'text' ? escapeHtml(child.value) : '')).join('')}</sup>`
        : '';
    })
    .join('');

class BodyWriter {
  readonly #options: BodyHtmlOptions;
  /** References so far by footnote: a note may be referred to twice, an id may not stand twice. */
  readonly #references = new Map<number, number>();

  constructor(options: BodyHtmlOptions) {
    this.#options = options;
  }

  blocks(blocks: readonly Block[]): string {
    return blocks.map((block) => this.#block(block)).join('\n');
  }

  notes(body: Body): string {
    if (body.footnotes.length === 0) return '';
    const { idPrefix, notesHeading, headingLevel } = this.#options;
    const items = body.footnotes.map(({ number, blocks }) => {
      const back = `<a href="#${idPrefix}ref-${number}" role="doc-backlink" aria-label="↩ ${number}">↩</a>`;
      const text = this.blocks(blocks);
      const whole = text.endsWith('</p>') ? `${text.slice(0, -'</p>'.length)} ${back}</p>` : `${text}<p>${back}</p>`;
      return `<li id="${idPrefix}note-${number}" role="doc-footnote">${whole}</li>`;
    });
    const heading = `<h${headingLevel} id="${idPrefix}notes">${escapeHtml(notesHeading)}</h${headingLevel}>`;
    return `\n<section role="doc-endnotes" aria-labelledby="${idPrefix}notes">${heading}\n<ol>\n${items.join('\n')}\n</ol></section>`;
  }

  #block(block: Block): string {
    switch (block.type) {
      case 'paragraph':
        return `<p>${this.#inlines(block.children)}</p>`;
      case 'heading': {
        const level = Math.min(6, block.level + this.#options.headingLevel - 1);
        return `<h${level}>${this.#inlines(block.children)}</h${level}>`;
      }
      case 'quote':
        return `<blockquote>\n${this.blocks(block.children)}\n</blockquote>`;
      case 'list': {
        const element = block.ordered ? 'ol' : 'ul';
        const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : '';
        const items = block.items.map((item) => `<li>${block.tight ? this.#tight(item) : this.blocks(item)}</li>`);
        return `<${element}${start}>\n${items.join('\n')}\n</${element}>`;
      }
      case 'table':
        return this.#table(block);
      case 'rule':
        return '<hr>';
    }
  }

  #tight(item: readonly Block[]): string {
    return item.map((block) => (block.type === 'paragraph' ? this.#inlines(block.children) : this.#block(block))).join('\n');
  }

  #table(table: Extract<Block, { type: 'table' }>): string {
    const row = (element: 'th' | 'td', cells: readonly (readonly Inline[])[]): string =>
      `<tr>${cells.map((cell, index) => `<${element}${alignment(table.alignments[index])}${element === 'th' ? ' scope="col"' : ''}>${this.#inlines(cell)}</${element}>`).join('')}</tr>`;
    return `<table>\n<thead>${row('th', table.header)}</thead>\n<tbody>\n${table.rows.map((cells) => row('td', cells)).join('\n')}\n</tbody>\n</table>`;
  }

  #inlines(inlines: readonly Inline[]): string {
    return inlines.map((inline, index) => this.#inline(inline, inlines[index - 1])).join('');
  }

  #inline(inline: Inline, before: Inline | undefined): string {
    switch (inline.type) {
      case 'text':
        return escapeHtml(inline.value);
      case 'break':
        return '<br>\n';
      case 'emphasis':
        return `<em>${this.#inlines(inline.children)}</em>`;
      case 'strong':
        return `<strong>${this.#inlines(inline.children)}</strong>`;
      case 'superscript':
        return `<sup>${this.#inlines(inline.children)}</sup>`;
      case 'link':
        return `<a href="${escapeHtml(inline.url)}" rel="noopener noreferrer nofollow">${this.#inlines(inline.children)}</a>`;
      case 'footnote-reference': {
        const { idPrefix } = this.#options;
        const earlier = this.#references.get(inline.number) ?? 0;
        this.#references.set(inline.number, earlier + 1);
        const id = earlier === 0 ? ` id="${idPrefix}ref-${inline.number}"` : '';
        return `<sup>${beforeMark(before, this.#options.direction)}<a href="#${idPrefix}note-${inline.number}"${id} role="doc-noteref">${inline.number}</a></sup>`;
      }
    }
  }
}

const alignment = (alignment: CellAlignment | undefined): string =>
  alignment === undefined || alignment === 'start' ? '' : ` class="align-${alignment}"`;
