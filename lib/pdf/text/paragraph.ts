import { type BaseDirection, embeddingLevels, isolatedLevels, reorderVisually } from './bidi.ts';
import { breakOpportunities, graphemesOf, type Opportunity } from './break-opportunities.ts';
import { type Line, type Look, PLAIN, type Range } from './line.ts';
import { isSingleCharacters, plainLines } from './plain-lines.ts';
import type { Run } from './run.ts';
import { hasRightToLeft } from './scripts.ts';
import type { Setting, Typesetter } from './typesetter.ts';

/** Text set in one way; a line feed is a hard break. */
export interface Span {
  readonly text: string;
  readonly setting: Setting;
  readonly look: Look;
}

export interface ParagraphInput {
  readonly spans: readonly Span[];
  /** Points. */
  readonly size: number;
  /** Points. */
  readonly width: number;
  readonly direction: BaseDirection;
  /** Points by which every line after the first is shorter. */
  readonly hanging?: number;
  /** Ranges of the whole text that order themselves and never what stands beside them; they ascend and do not touch. */
  readonly isolates?: readonly Range[];
  /** Lines that go on are as wide as their column, where that takes no more than somewhat wider spaces. */
  readonly justified?: boolean;
}

interface Piece {
  readonly runs: readonly Run[];
  readonly look: Look;
  readonly level: number;
  /** Points. */
  readonly width: number;
  readonly space: boolean;
}

/** Breaks spans into lines. At least one line comes back. */
export function layOutParagraph(typesetter: Typesetter, input: ParagraphInput): Line[] {
  return (input.justified === true ? null : plainLines(typesetter, input)) ?? analysedLines(typesetter, input);
}

function analysedLines(typesetter: Typesetter, input: ParagraphInput): Line[] {
  const text = input.spans.map((span) => span.text).join('');
  const levels = input.direction === 'rtl' || hasRightToLeft(text) ? levelsOf(text, input) : null;
  const cutter = new PieceCutter(typesetter, input, text, levels);
  if (levels !== null && !text.includes('\n')) {
    // Names right to left mostly fit: where they might break need not be known.
    const whole = cutter.cut(0, text.length);
    const core = whole.slice(0, whole.findLastIndex((piece) => !piece.space) + 1);
    if (sum(core) <= input.width) return [makeLine(typesetter, input, core, false, null)];
  }
  const lines: Line[] = [];
  let line: Piece[] = [];
  let spaces: Piece[] = [];
  let used = 0;
  const finish = (atBlank: boolean, goesOn: boolean) => {
    lines.push(makeLine(typesetter, input, line, atBlank, goesOn && input.justified === true ? room() : null));
    line = [];
    spaces = [];
    used = 0;
  };
  const room = () => (lines.length === 0 ? input.width : input.width - (input.hanging ?? 0)) + 0.001;
  let start = 0;
  for (const { at, required } of opportunities(text, input.spans)) {
    const unit = cutter.cut(start, at);
    const core = unit.slice(0, unit.findLastIndex((piece) => !piece.space) + 1);
    const coreWidth = sum(core);
    if (line.length > 0 && used + sum(spaces) + coreWidth > room()) finish(spaces.length > 0, true);
    if (coreWidth > room() && core.length > 0) {
      for (const piece of cutter.tear(start, at)) {
        if (line.length > 0 && used + sum(spaces) + piece.width > room()) finish(spaces.length > 0, true);
        used += sum(spaces) + piece.width;
        line.push(...spaces, piece);
        spaces = [];
      }
    } else {
      used += sum(spaces) + coreWidth;
      line.push(...spaces, ...core);
    }
    spaces = unit.slice(core.length);
    if (required) finish(true, false);
    start = at;
  }
  if (line.length > 0 || lines.length === 0) finish(false, false);
  return lines;
}

/** Points the text asks for: its widest piece that no line may end in, and the whole of it, each hard break beginning anew. */
export function extentOf(typesetter: Typesetter, input: Omit<ParagraphInput, 'width'>): { readonly piece: number; readonly whole: number } {
  const text = input.spans.map((span) => span.text).join('');
  const levels = input.direction === 'rtl' || hasRightToLeft(text) ? levelsOf(text, input) : null;
  const cutter = new PieceCutter(typesetter, input, text, levels);
  let piece = 0;
  let whole = 0;
  let line = 0;
  let start = 0;
  for (const { at, required } of opportunities(text, input.spans)) {
    const unit = cutter.cut(start, at);
    const core = sum(unit.slice(0, unit.findLastIndex(({ space }) => !space) + 1));
    piece = Math.max(piece, core);
    whole = Math.max(whole, line + core);
    line = required ? 0 : line + sum(unit);
    start = at;
  }
  return { piece, whole };
}

const levelsOf = (text: string, { direction, isolates }: Omit<ParagraphInput, 'width'>): Uint8Array =>
  isolates === undefined ? embeddingLevels(text, direction).levels : isolatedLevels(text, direction, isolates);

const ACCENT = '\u0301';

const sum = (pieces: readonly Piece[]): number => pieces.reduce((total, piece) => total + piece.width, 0);

function opportunities(text: string, spans: readonly Span[]): Opportunity[] {
  // To the rules of breaking, what is attached is as an accent to what it stands at.
  const read = spans.some(({ look }) => look.attached)
    ? spans.map((span) => (span.look.attached ? ACCENT.repeat(span.text.length) : span.text)).join('')
    : text;
  const found = breakOpportunities(read);
  return found.length > 0 ? found : [{ at: text.length, required: false }];
}

/** Cuts ranges of the text into pieces of one span and one level. */
class PieceCutter {
  private readonly starts: number[] = [];
  private readonly typesetter: Typesetter;
  private readonly input: Omit<ParagraphInput, 'width'>;
  private readonly text: string;
  private readonly levels: Uint8Array | null;
  private readonly wide: boolean;

  constructor(typesetter: Typesetter, input: Omit<ParagraphInput, 'width'>, text: string, levels: Uint8Array | null) {
    this.typesetter = typesetter;
    this.input = input;
    this.text = text;
    this.levels = levels;
    this.wide = isSingleCharacters(text);
    let start = 0;
    for (const span of input.spans) {
      this.starts.push(start);
      start += span.text.length;
    }
  }

  cut(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    let start = from;
    while (start < to) {
      const span = this.spanAt(start);
      const limit = Math.min(to, this.starts[span + 1] ?? to);
      const level = this.levels?.[start] ?? 0;
      if (this.input.spans[span]?.look.attached && level > 1 && endsInNumber(this.text.slice(0, start)))
        pieces.push({ runs: [], look: PLAIN, level: level - 1, width: 0, space: false });
      const blank = isBlank(this.text, start);
      let end = start + 1;
      if (!blank) while (end < limit && !isBlank(this.text, end) && (this.levels?.[end] ?? 0) === level) end++;
      if (this.text[start] !== '\n') pieces.push(this.piece(span, this.text.slice(start, end), level, blank));
      start = end;
    }
    return pieces;
  }

  /** The same range letter by letter, without trailing spaces. */
  tear(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    let start = from;
    for (const grapheme of graphemesOf(this.text.slice(from, to).trimEnd())) {
      pieces.push(this.piece(this.spanAt(start), grapheme, this.levels?.[start] ?? 0, grapheme === ' '));
      start += grapheme.length;
    }
    return pieces;
  }

  private spanAt(index: number): number {
    let span = this.starts.length - 1;
    while (span > 0 && (this.starts[span] ?? 0) > index) span--;
    return span;
  }

  private piece(spanIndex: number, text: string, level: number, blank: boolean): Piece {
    const span = this.input.spans[spanIndex];
    if (span === undefined) throw new Error('no such span');
    const { runs, advance } = blank ? this.blank(span.setting) : this.typesetter.word(span.setting, text, (level & 1) === 1);
    return { runs, look: span.look, level, width: (advance * this.input.size * span.look.scale) / 1000, space: blank };
  }

  private blank(setting: Setting): { runs: readonly Run[]; advance: number } {
    const run = this.wide ? this.typesetter.wideSpace(setting) : this.typesetter.space(setting);
    return { runs: [run], advance: run.advance };
  }
}

/** Right to left: there a mark would be read as digits of the number it stands at, and be set before it. */
const endsInNumber = (text: string): boolean => /\p{Nd}$/u.test(text) && hasRightToLeft(/\p{L}(?=\P{L}*$)/u.exec(text)?.[0] ?? '');

const isBlank = (text: string, index: number): boolean => text[index] === ' ' || text[index] === '\n' || text[index] === '\t';

/** Wider spaces than this tear a line apart; it is left ragged. */
const WIDEST_SPACE = 1.6;

/** The pieces of a line with their spaces stretched so that it is `width` points wide. */
function stretched(pieces: readonly Piece[], width: number): Piece[] {
  const spaces = sum(pieces.filter(({ space }) => space));
  const factor = spaces === 0 ? Number.POSITIVE_INFINITY : 1 + (width - sum(pieces)) / spaces;
  if (factor > WIDEST_SPACE || factor <= 1) return [...pieces];
  // In whole thousandths, each with what the ones before it were rounded by.
  let rounded = 0;
  const wider = (run: Run): Run => {
    const exact = run.advance * (factor - 1) + rounded;
    const more = Math.round(exact);
    rounded = exact - more;
    return more === 0 ? run : { ...run, advance: run.advance + more, shown: `${run.shown})${-more}(` };
  };
  return pieces.map((piece) => (piece.space ? { ...piece, width: piece.width * factor, runs: piece.runs.map(wider) } : piece));
}

/** `width`: points that a justified line has. */
function makeLine(
  typesetter: Typesetter,
  { spans, size, direction }: ParagraphInput,
  logical: readonly Piece[],
  atBlank: boolean,
  width: number | null,
): Line {
  const visual = width === null ? [...logical] : stretched(logical, width);
  reorderVisually(visual);
  const runs: Run[] = [];
  const looks: Look[] = [];
  for (const piece of visual) {
    for (const run of piece.runs) {
      runs.push(run);
      looks.push(piece.look);
    }
  }
  const setting = spans[0]?.setting;
  return {
    runs,
    looks: looks.every((look) => look === PLAIN) ? null : looks,
    size,
    width: sum(visual),
    space: atBlank && direction !== 'rtl' && setting !== undefined ? typesetter.space(setting) : null,
  };
}
