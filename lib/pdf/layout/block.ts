import type { Entry, Section } from '../../block/model.ts';
import { entryPieces, type Piece } from '../../block/pieces.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import type { Line } from '../text/line.ts';
import { PLAIN, type Range } from '../text/line.ts';
import { layOutParagraph, type Span } from '../text/paragraph.ts';
import { hasRightToLeft } from '../text/scripts.ts';
import type { Composition } from './composition.ts';
import { type FlowItem, flow } from './flow.ts';
import { type Column, leftEdge, measure } from './geometry.ts';
import { inLogicalOrder, stringText } from './inline.ts';
import { type LineRoom, lineRoom } from './line-room.ts';
import { localNumber } from './local-number.ts';
import { paragraphItems } from './paragraph-items.ts';
import type { Voice } from './voice.ts';

const LEAD = { size: 9.5, lead: 12.6 };
const DETAIL = { size: 8.5, lead: 11.2 };
const ENTRY_GAP = 5.5;
const GUTTER = 18;
const HANGING = 10;
const NUMBER_GAP = 6;
const SECTION_GAP = 22;
const HEADING_GAP = 6;
/** More above an addendum than between two sections. */
const ADDENDUM_GAP = 14;
/** Entries under one element, so that no array of the structure tree grows without bound. */
const GROUP = 500;

interface EntryLine {
  readonly line: Line;
  readonly room: LineRoom;
  /** Points from the start of the entry's text. */
  readonly indent: number;
}

interface MeasuredEntry {
  readonly lines: readonly EntryLine[];
  readonly label: Line | null;
  /** With the gap below it. */
  readonly height: number;
  /** Everything it says, where that is right to left and given beside the content; else null. */
  readonly reordered: string | null;
}

/** Where a section stands among others. */
export interface SectionPlace {
  /** Of its heading, which stands below the letter's headline or an addendum's heading, or begins a document without one. */
  readonly level: 1 | 2 | 3;
  /** The element it is part of: that of an addendum. Null: the document's. */
  readonly parent: StructureNode | null;
  /** What never leaves its head: the heading of the addendum that it begins. */
  readonly above: readonly FlowItem[];
}

/** The heading of an addendum, which stays with its first section; elements open in the order of reading, so before that one is made. */
export function addendumHeading(
  composition: Composition,
  heading: string,
  voice: Voice,
  { level, parent }: Omit<SectionPlace, 'above'>,
): readonly FlowItem[] {
  const paragraph = stringText(composition, heading, { voice, style: 'bold', type: `H${level}`, parent });
  const style = { size: 14, lead: 14 * voice.leading, before: 0, keepNext: true };
  const items = paragraphItems(composition, measure(composition.geometry), paragraph, style);
  if (items[0] !== undefined) items[0].bookmark = heading;
  return items;
}

/** A section of the signatory block: its heading and entries, in columns filled downwards, level on their last page. */
export class SectionSetter {
  private readonly composition: Composition;
  private readonly section: Section;
  private readonly voice: Voice;
  private readonly columns: readonly Column[];
  private readonly labelWidth: number;
  private readonly pageRoom: number;
  private readonly node: StructureNode | null;
  private group: StructureNode | null;
  private inGroup = 0;
  private number = 0;
  private begun = false;
  private waiting: MeasuredEntry[] = [];
  /** Has no place on the page of those that wait; the page turns when it is known whether another follows. */
  private held: MeasuredEntry | null = null;
  private column = 0;
  private used = 0;
  private readonly heading: FlowItem[];
  /** Points between it and what stands above. */
  private readonly gap: number;

  constructor(composition: Composition, section: Section, voice: Voice, { level, parent, above }: SectionPlace) {
    this.composition = composition;
    this.section = section;
    this.voice = voice;
    const full = measure(composition.geometry);
    const width = (full.width - GUTTER * (section.columns - 1)) / section.columns;
    this.columns = Array.from({ length: section.columns }, (_, index) => ({ start: full.start + index * (width + GUTTER), width }));
    this.pageRoom = composition.pageRoom;
    this.labelWidth = section.numbered ? this.label(section.count).width + NUMBER_GAP : 0;
    this.node = composition.structure?.open('Sect', parent ?? composition.structure.document) ?? null;
    const own = this.headingItems(full, level);
    if (above.length > 0 && own[0] !== undefined) own[0].before = HEADING_GAP * 2;
    this.heading = [...above, ...own];
    this.gap = SECTION_GAP + (above.length > 0 ? ADDENDUM_GAP : 0);
    this.group = this.node;
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      for (const measured of this.measure(entry)) {
        this.waiting.push(measured);
        if (this.begun) this.fill(measured);
        // The heading waits for the entries that must stand below it.
        else if (this.waiting.length >= 2) this.begin();
      }
    }
  }

  finish(): void {
    if (!this.begun) this.begin();
    this.turnForLast();
    this.drawLevel();
    this.closeGroup();
    if (this.node !== null) this.composition.structure?.close(this.node);
  }

  private headingItems(column: Column, level: number): FlowItem[] {
    const { composition, section, voice, node } = this;
    const items: FlowItem[] = [];
    const add = (text: string | null, type: string, style: 'bold' | 'italic' | 'regular', size: number, before: number) => {
      if (text === null) return;
      const paragraph = stringText(composition, text, { voice, style, type, parent: node });
      const added = paragraphItems(composition, column, paragraph, { size, lead: size * voice.leading, before, keepNext: true });
      items.push(...added);
    };
    add(section.heading, `H${level}`, 'bold', 12.5, 0);
    add(section.countLine, 'P', 'regular', 9.5, 1);
    add(section.note, 'P', 'italic', 9, 1);
    if (section.heading !== null && items[0] !== undefined) items[0].bookmark = section.heading;
    return items;
  }

  /** Sets the heading, on the next page if the first entries have no room below it, then the entries that waited. */
  private begin(): void {
    const { composition, heading, waiting } = this;
    this.begun = true;
    const entries = waiting.reduce((sum, entry) => sum + entry.height, 0);
    const height = heading.reduce((sum, item) => sum + item.before + item.height, 0);
    if (!composition.blank) {
      const above = composition.atTop ? 0 : this.gap;
      if (composition.y + above + height + HEADING_GAP + entries - ENTRY_GAP > composition.limit) composition.nextPage();
      else composition.y += above;
    }
    if (heading.length > 0) {
      flow(composition, heading);
      composition.closeNodes();
      composition.y += HEADING_GAP;
    }
    this.waiting = [];
    for (const entry of waiting) {
      this.waiting.push(entry);
      this.fill(entry);
    }
  }

  /** Gives the last of the waiting entries its place; when it has none on this page, holds it, and turns the page for the next. */
  private fill(entry: MeasuredEntry): void {
    if (this.held !== null) {
      this.waiting.pop();
      this.used = this.held.height;
      this.turn([this.held]);
      this.waiting.push(entry);
    }
    if (this.composition.y + this.used + entry.height - ENTRY_GAP <= this.composition.limit || this.used === 0) {
      this.used += entry.height;
      return;
    }
    this.used = entry.height;
    // Below a letter, or above its notes, a column may be too short for an entry.
    const fitsColumn = this.composition.y + entry.height - ENTRY_GAP <= this.composition.limit;
    if (fitsColumn && ++this.column < this.columns.length) return;
    this.waiting.pop();
    this.held = entry;
  }

  /** Draws the page of those that wait; `next` wait for the one after it. */
  private turn(next: MeasuredEntry[]): void {
    this.draw(this.waiting, this.composition.limit - this.composition.y);
    this.composition.nextPage();
    this.waiting = next;
    this.held = null;
    this.column = 0;
  }

  /** The last entry takes the one before it along, so that neither it nor a heading stands alone. */
  private turnForLast(): void {
    const { held, waiting } = this;
    if (held === null) return;
    const before = waiting.at(-1);
    if (before === undefined || waiting.length <= 2 || before.height + held.height > this.pageRoom) {
      this.turn([held]);
      return;
    }
    waiting.pop();
    this.turn([before, held]);
  }

  /** The last page of the section: the least height at which the entries fit their columns. */
  private drawLevel(): void {
    if (this.waiting.length === 0) return;
    const heights = this.waiting.map((entry) => entry.height);
    let low = Math.max(...heights);
    let high = heights.reduce((sum, height) => sum + height, 0);
    while (high - low > 0.5) {
      const middle = (low + high) / 2;
      if (columnsNeeded(heights, middle) <= this.columns.length) high = middle;
      else low = middle;
    }
    this.composition.y += this.draw(this.waiting, high + 0.5 - ENTRY_GAP);
    this.waiting = [];
  }

  /** Draws entries in columns of this height; gives the height of the highest. */
  private draw(entries: readonly MeasuredEntry[], height: number): number {
    let column = 0;
    let used = 0;
    let highest = 0;
    for (const entry of entries) {
      if (used > 0 && used + entry.height - ENTRY_GAP > height + 0.001 && column < this.columns.length - 1) {
        column++;
        used = 0;
      }
      const place = this.columns[column];
      if (place !== undefined) this.drawEntry(entry, place, this.composition.y + used);
      used += entry.height;
      highest = Math.max(highest, used);
    }
    return highest;
  }

  private drawEntry(entry: MeasuredEntry, column: Column, top: number): void {
    const { composition, labelWidth } = this;
    const { canvas } = composition.pages;
    const { geometry, structure } = composition;
    const node = this.openEntry(entry);
    canvas.setColour('black');
    canvas.own(node);
    let y = geometry.height - top;
    if (entry.label !== null) {
      const number = { start: column.start, width: labelWidth - NUMBER_GAP };
      canvas.line(entry.label, leftEdge(geometry, number, entry.label.width, 'end'), y - (entry.lines[0]?.room.baseline ?? 0));
    }
    for (const { line, room, indent } of entry.lines) {
      const text = { start: column.start + labelWidth + indent, width: column.width - labelWidth - indent };
      const x = leftEdge(geometry, text, line.width, 'start');
      const baseline = y - room.baseline;
      if (line.looks === null) canvas.line(line, x, baseline);
      else canvas.mixedLine(line, x, baseline, () => {});
      y -= room.height;
    }
    if (node !== null) structure?.close(node);
  }

  private openEntry({ reordered }: MeasuredEntry): StructureNode | null {
    const { structure } = this.composition;
    if (structure === null || this.node === null) return null;
    if (this.section.count > GROUP && this.inGroup % GROUP === 0) {
      this.closeGroup();
      this.group = structure.open('Sect', this.node);
    }
    this.inGroup++;
    return structure.open('P', this.group ?? this.node, reordered === null ? {} : inLogicalOrder(reordered, this.voice));
  }

  private closeGroup(): void {
    if (this.group !== null && this.group !== this.node) this.composition.structure?.close(this.group);
    this.group = null;
  }

  /** Nearly always one; an entry higher than a page comes in parts. */
  private measure(entry: Entry): MeasuredEntry[] {
    const { typesetter } = this.composition;
    const width = (this.columns[0]?.width ?? 0) - this.labelWidth;
    const lines: EntryLine[] = [];
    const direction = this.voice.rightToLeft ? ('rtl' as const) : ('ltr' as const);
    const ordered = this.voice.rightToLeft || entry.lines.some(hasRightToLeft);
    const isolates = ordered ? entryPieces(entry).map(isolatesOf) : [];
    for (const [index, text] of entry.lines.entries()) {
      const { size, lead } = index === 0 ? LEAD : DETAIL;
      const hanging = entry.lines.length === 1 ? HANGING : 0;
      const spans = this.spans(text, index === 0 ? entry.lead : 0);
      const joined = isolates[index] ?? [];
      // Text in one piece orders itself; where pieces are joined, they follow one another as the letter reads.
      const order = joined.length === 0 ? { direction: 'auto' as const } : { direction, isolates: joined };
      const wrapped = layOutParagraph(typesetter, { spans, size, width, hanging, ...order });
      const last = index === entry.lines.length - 1;
      for (const [position, line] of wrapped.entries()) {
        // A space at the end of a line that is not the last: extracted text would join two words without it.
        const space =
          last || position < wrapped.length - 1 ? line.space : typesetter.space(spans[0]?.setting ?? this.voice.setting('regular'));
        lines.push({
          line: space === line.space ? line : { ...line, space },
          room: lineRoom(line, lead),
          indent: position === 0 ? 0 : hanging,
        });
      }
    }
    const height = lines.reduce((sum, { room }) => sum + room.height, 0);
    const label = this.section.numbered ? this.label(++this.number) : null;
    const text = this.composition.structure === null ? '' : entry.lines.join(' ');
    const reordered = ordered && text !== '' && (hasRightToLeft(text) || isolates.some(({ length }) => length > 0)) ? text : null;
    if (height <= this.pageRoom) return [{ lines, label, height: height + ENTRY_GAP, reordered }];
    const perPart = Math.floor(this.pageRoom / Math.max(...lines.map(({ room }) => room.height)));
    return Array.from({ length: Math.ceil(lines.length / perPart) }, (_, part) => {
      const own = lines.slice(part * perPart, (part + 1) * perPart);
      const partHeight = own.reduce((sum, { room }) => sum + room.height, 0);
      return { lines: own, label: part === 0 ? label : null, height: partHeight + ENTRY_GAP, reordered: part === 0 ? reordered : null };
    });
  }

  private spans(text: string, lead: number): Span[] {
    const settings = this.voice.settingsFor(text);
    const regular = { text: text.slice(lead), setting: settings.regular, look: PLAIN };
    if (lead === 0) return [regular];
    const bold = { text: text.slice(0, lead), setting: settings.bold, look: PLAIN };
    return lead >= text.length ? [bold] : [bold, regular];
  }

  private label(number: number): Line {
    const spans = [{ text: `${localNumber(this.voice.language, number)}.`, setting: this.voice.setting('regular'), look: PLAIN }];
    const [line] = layOutParagraph(this.composition.typesetter, {
      spans,
      size: DETAIL.size,
      width: 200,
      direction: this.voice.rightToLeft ? 'rtl' : 'ltr',
    });
    if (line === undefined) throw new Error('a number has one line');
    return line;
  }
}

/** The leads and parts of a line, those that touch as one; none where the line is no more than one piece. */
function isolatesOf(pieces: readonly Piece[]): readonly Range[] {
  const ranges: [start: number, end: number][] = [];
  let at = 0;
  for (const { kind, text } of pieces) {
    const start = at;
    at += text.length;
    if (kind === 'joint') continue;
    const before = ranges.at(-1);
    if (before?.[1] === start) before[1] = at;
    else ranges.push([start, at]);
  }
  return ranges.length === 1 && ranges[0]?.[1] === at && ranges[0][0] === 0 ? [] : ranges;
}

function columnsNeeded(heights: readonly number[], limit: number): number {
  let columns = 1;
  let used = 0;
  for (const height of heights) {
    if (used > 0 && used + height > limit) {
      columns++;
      used = 0;
    }
    used += height;
  }
  return columns;
}
