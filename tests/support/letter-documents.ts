import type { Entry, Section } from '../../lib/block/model.ts';
import type { DocumentText, LetterDocument } from '../../lib/document/model.ts';
import type { Block, Inline } from '../../lib/text/tree.ts';

/** Letters made by hand for the renderers' tests. Every name and sentence is invented. */
export const text = (value: string): Inline => ({ type: 'text', value });
export const paragraph = (...children: (Inline | string)[]): Block => ({
  type: 'paragraph',
  children: children.map((child) => (typeof child === 'string' ? text(child) : child)),
});

export function documentText(parts: Partial<DocumentText> = {}): DocumentText {
  return {
    language: 'en',
    authentic: true,
    headline: 'Open the river archive to everyone who lives along the river',
    subtitle: null,
    addressees: [],
    cc: [],
    reference: null,
    salutation: null,
    body: { blocks: [paragraph('We ask for one thing.')], footnotes: [] },
    closing: null,
    disclaimer: null,
    fingerprint: null,
    ...parts,
  };
}

export function letterDocument(parts: Partial<LetterDocument> = {}): LetterDocument {
  return { kind: 'open-letter', texts: [documentText()], date: null, place: null, sections: [], edition: 'public', mark: null, ...parts };
}

export function entry(lead: string, ...details: string[]): Entry {
  return { lines: [lead, ...details], lead: lead.length };
}

export function section(entries: readonly Entry[], parts: Partial<Section> = {}): Section {
  return {
    kind: 'personal',
    heading: 'Personal capacity:',
    note: null,
    countLine: null,
    count: entries.length,
    columns: 2,
    numbered: false,
    async *batches() {
      for (let start = 0; start < entries.length; start += 200) yield entries.slice(start, start + 200);
    },
    ...parts,
  };
}
