import type { Block, Body, Footnote } from '../../text/tree.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import { PLAIN } from '../text/line.ts';
import type { Composition } from './composition.ts';
import type { FlowItem, PageNote, Segment } from './flow.ts';
import { type Column, indent, leftEdge, measure } from './geometry.ts';
import { stringText } from './inline.ts';
import { localNumber } from './local-number.ts';
import { type ParagraphText, paragraphItems } from './paragraph-items.ts';
import type { Voice } from './voice.ts';

const SIZE = 8.5;
const LABEL_ROOM = 16;
const LABEL_GAP = 5;

/** What the mark of a note has beside its number. */
export type Mark = Pick<Segment, 'leadsTo' | 'anchor' | 'note'>;

interface Referred extends PageNote {
  readonly footnote: Footnote;
  readonly items: FlowItem[];
  /** Numbers of the objects that are the places of the first mark and of the note. */
  readonly mark: number;
  readonly place: number;
  node: StructureNode | null;
}

/** Sets blocks in a column, as what an element consists of. */
type SetBlocks = (blocks: readonly Block[], size: number, column: Column, parent: StructureNode | null) => FlowItem[];

/** The footnotes of a text: those that it refers to stand at the foot of the page where the first mark of each stands. */
export class Footnotes {
  private readonly composition: Composition;
  private readonly body: Body;
  private readonly voice: Voice;
  private readonly parent: StructureNode | null;
  private readonly setBlocks: SetBlocks;
  private readonly referred = new Map<number, Referred>();
  /** Referred to in the paragraph that is being made. */
  private unopened: Referred[] = [];
  private readonly labelRoom: number;

  constructor(composition: Composition, body: Body, voice: Voice, parent: StructureNode | null, setBlocks: SetBlocks) {
    this.setBlocks = setBlocks;
    this.composition = composition;
    this.body = body;
    this.voice = voice;
    this.parent = parent;
    const last = body.footnotes.at(-1);
    const widest =
      last === undefined ? 0 : composition.typesetter.word(voice.setting('regular'), this.labelOf(last), voice.rightToLeft).advance;
    this.labelRoom = Math.max(LABEL_ROOM, (widest * SIZE) / 1000 + LABEL_GAP);
  }

  /** Null where there is no such note. */
  refer(number: number): Mark | null {
    const known = this.referred.get(number);
    if (known !== undefined) return { leadsTo: known.place, note: known };
    const footnote = this.body.footnotes.find((note) => note.number === number);
    if (footnote === undefined) return null;
    const { writer } = this.composition;
    const note: Referred = { number, footnote, items: [], mark: writer.allocate(), place: writer.allocate(), node: null };
    this.referred.set(number, note);
    this.unopened.push(note);
    return { leadsTo: note.place, anchor: note.mark, note };
  }

  /** Gives the notes that were referred to since the last call their elements, which come after what `parent` has by now. */
  open(parent: StructureNode | null): void {
    for (const note of this.unopened) note.node = this.element(note.number, parent);
    this.unopened = [];
  }

  /** Sets the notes that the text refers to, and those that these refer to. */
  set(): void {
    // More come while it runs.
    for (const note of this.referred.values()) {
      if (note.items.length > 0) continue;
      const { composition, voice } = this;
      const label = composition.node('Lbl', note.node);
      const link = composition.node('Link', label);
      const text = this.labelOf(note.footnote);
      const segments: Segment[] = [
        { node: () => label, url: null, text },
        { node: () => link, url: null, text, leadsTo: note.mark, anchor: note.place },
      ];
      const spans = [{ text, setting: voice.setting('regular'), look: { ...PLAIN, segment: 1 } }];
      note.items.push(...this.items(note.footnote, note.node, { spans, segments, rightToLeft: voice.rightToLeft }));
    }
  }

  /** The notes that nothing refers to, gathered under a short rule. */
  unreferred(): FlowItem[] {
    const { composition, voice } = this;
    const column = measure(composition.geometry);
    const items = this.body.footnotes.flatMap((footnote) => {
      if (this.referred.has(footnote.number)) return [];
      const node = this.element(footnote.number, this.parent);
      return this.items(footnote, node, stringText(composition, this.labelOf(footnote), { voice, type: 'Lbl', parent: node }));
    });
    this.set();
    if (items.length === 0) return [];
    const x1 = leftEdge(composition.geometry, column, column.width / 4, 'start');
    return [{ before: 16, height: 4, keep: true, lines: [], rules: [{ x1, x2: x1 + column.width / 4, at: 0, weight: 0.5 }] }, ...items];
  }

  private element(number: number, parent: StructureNode | null): StructureNode | null {
    return this.composition.node('Note', parent, { id: `note${this.parent?.number ?? 0}-${number}` });
  }

  private labelOf({ number }: Footnote): string {
    return localNumber(this.voice.language, number);
  }

  private items({ blocks }: Footnote, node: StructureNode | null, label: ParagraphText): FlowItem[] {
    const { composition, voice } = this;
    const column: Column = measure(composition.geometry);
    const items = this.setBlocks(blocks, SIZE, indent(column, this.labelRoom), node);
    const [labelItem] = paragraphItems(composition, column, label, { size: SIZE, lead: SIZE * voice.leading, before: 0 });
    const [first] = items;
    if (labelItem === undefined) return items;
    if (first === undefined) return [labelItem];
    first.lines.unshift(...labelItem.lines.map((line) => ({ ...line, baseline: first.lines[0]?.baseline ?? line.baseline })));
    // No line of it alone, neither where it begins nor where it goes on.
    first.keep = items.length > 1;
    const beforeLast = items.at(-2);
    if (beforeLast !== undefined) beforeLast.keep = true;
    return items;
  }
}
