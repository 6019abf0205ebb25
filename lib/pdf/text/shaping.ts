import { ClusterLevel, Direction, Feature, shape } from 'harfbuzzjs';
import type { ComposedGlyph, Face } from './face.ts';
import { type Reach, type Run, showCid, utf16Hex } from './run.ts';
import type { Script } from './scripts.ts';

const MARKS = /^\p{M}+$/u;
const COMBINING = /\p{M}/u;
/** Keeps two letters from joining, as inside many Persian words. */
const NON_JOINER = '\u200c';
// Noto Serif takes some Vietnamese letters apart by ccmp; without a combining mark in the text there is nothing to compose.
const WITHOUT_COMPOSITION = [new Feature('ccmp', 0)];

export interface ShapingInput {
  readonly text: string;
  readonly rightToLeft: boolean;
  readonly script: Script;
  readonly language: string;
  /** As in `Run`. */
  readonly spoken: string | null;
  readonly embolden: boolean;
}

/** Shapes text of one face, direction and script. */
export function shapeRun(face: Face, { text, rightToLeft, script, language, spoken, embolden }: ShapingInput): Run {
  const { buffer, scale } = face;
  buffer.clearContents();
  buffer.addText(text);
  // Explicit: guessing takes the language from the locale of the machine.
  buffer.setDirection(rightToLeft ? Direction.RTL : Direction.LTR);
  buffer.setScript(script);
  buffer.setLanguage(language);
  buffer.setClusterLevel(rightToLeft ? ClusterLevel.MONOTONE_CHARACTERS : ClusterLevel.MONOTONE_GRAPHEMES);
  shape(face.font, buffer, script === 'Latn' && !COMBINING.test(text) ? WITHOUT_COMPOSITION : undefined);
  const glyphs = buffer.getGlyphInfos();
  const positions = buffer.getGlyphPositions();

  const clusters = clustersOf(text, glyphs);
  let replaced = rightToLeft && NOT_REVERSED.has(script);
  let advance = 0;
  let pending = 0;
  // Joined at the end: a string grown by += is kept in pieces, and these are kept for long and shown often.
  let shown: string[] = [];
  let rise = 0;
  const raised: { rise: number; shown: string }[] = [];
  const carried = new Set<number>();
  const composes = rightToLeft && !NOT_REVERSED.has(script) && canCompose(face, text, positions);
  let parts: ComposedGlyph['parts'] = NONE;
  let before: readonly Mark[] = NONE;
  let opening = '';
  let nonJoiner = '';
  const ownLetters = rightToLeft || clusters === null || !OWN_LETTERS.has(script) ? null : lettersOf(text, glyphs, clusters);
  for (const [index, { codepoint, cluster }] of glyphs.entries()) {
    const position = positions[index];
    if (position === undefined) break;
    let glyph = codepoint;
    const { xOffset, yOffset } = position;
    let carries = clusters === null ? (text[cluster] ?? '') : text.slice(cluster, clusters.ends.get(cluster));
    let mark = composes && position.xAdvance === 0 && MARKS.test(carries);
    if (clusters !== null && clusters.sizes.get(cluster) !== 1) {
      if (!rightToLeft) replaced = true;
      const isBase = mark ? glyphs[index + 1]?.cluster !== cluster : !rightToLeft || face.advanceOf(glyph) !== 0;
      const own = ownLetters?.[index];
      if (own !== undefined) carries = own;
      else if (carried.has(cluster) || !isBase) carries = '';
      if (isBase) carried.add(cluster);
      mark ||= composes && position.xAdvance === 0 && carries === '';
      if (mark && glyphs[index + 1]?.cluster === cluster) {
        // A part of what comes next, which is shown from the same place.
        parts = [...parts, { glyph, x: xOffset, y: yOffset }];
        continue;
      }
    }
    if (mark) {
      const letters = [...carries];
      before = [
        ...before,
        ...letters
          .slice(1)
          .reverse()
          .map((letter) => ({ text: letter, parts: NONE })),
        { text: letters[0] ?? '', parts: [...parts, { glyph, x: xOffset, y: yOffset }] },
      ];
      parts = NONE;
      continue;
    }
    if (parts.length > 0) {
      const moved = parts.map((part) => ({ ...part, x: part.x - xOffset, y: part.y - yOffset }));
      glyph = face.compose({ parts: [...moved, { glyph, x: 0, y: 0 }], advance: face.advanceOf(glyph) });
    }
    if (before.length > 0) {
      if (shown.length === 0) opening = openingOf(face, before.length);
      pending += showMarks(face, before, xOffset, pending, shown);
      before = NONE;
    }
    if (!rightToLeft && (xOffset !== 0 || yOffset !== 0)) replaced = true;
    if (rightToLeft && carries.length > 1) {
      const invisible = face.invisibleGlyph() ?? (parts.length > 0 ? face.compose(BLANK) : null);
      if (invisible !== null) {
        // Readers reverse a right-to-left line letter by letter: a ligature's later letters must stand before it, one glyph each.
        const letters = [...carries];
        for (const letter of letters.slice(1).reverse()) shown.push(showCid(face.cid(invisible, letter)));
        carries = letters[0] ?? '';
      }
    }
    parts = NONE;
    // pdf.js passes over a glyph that stands for it alone, and the word would not be found: the letter it follows, which comes next here,
    // stands for both.
    if (rightToLeft && carries === NON_JOINER && position.xAdvance === 0 && index < glyphs.length - 1) {
      nonJoiner = NON_JOINER;
      continue;
    }
    carries = nonJoiner + carries;
    nonJoiner = '';
    if (yOffset !== rise) {
      if (shown.length > 0) raised.push({ rise: rise * scale, shown: shown.join('') });
      shown = [];
      rise = yOffset;
    }
    const shift = -Math.round((pending + xOffset) * scale);
    if (shift !== 0) shown.push(`)${shift}(`);
    shown.push(showCid(face.cid(glyph, carries)));
    pending = position.xAdvance - face.advanceOf(glyph) - xOffset;
    advance += position.xAdvance;
  }
  if (before.length > 0) pending += showMarks(face, before, 0, pending, shown);
  const tail = -Math.round(pending * scale);
  if (tail !== 0) shown.push(`)${tail}(`);
  const plain = raised.length === 0 && rise === 0 && !replaced;
  const whole = shown.join('');
  if (!plain) raised.push({ rise: rise * scale, shown: whole });
  return {
    face,
    advance: advance * scale,
    reach: STAYS_IN_LINE.has(script) && !PILED.test(text) ? null : reachOf(face, glyphs, positions),
    shown: plain ? whole : null,
    opening,
    raised: plain ? [] : raised,
    actualText: replaced ? utf16Hex(text) : null,
    spoken,
    embolden,
    missing: null,
  };
}

const NONE: readonly never[] = [];
const BLANK: ComposedGlyph = { parts: NONE, advance: 0 };
/** In one document, of one face: far from the numbers that a font can have, and more than all the marks on all the letters that are written. */
const MOST_COMPOSED = 20_000;
/** Font units: twice as far, and the outline's coordinates would not hold it. */
const FARTHEST = 0x2000;
/** Piles that nobody writes stay as the font has them: a glyph would be needed for each of their marks. */
const HEAPED = /\p{M}{8}/u;

function canCompose(face: Face, text: string, positions: readonly { readonly xOffset: number; readonly yOffset: number }[]): boolean {
  if (face.composed.length > MOST_COMPOSED || HEAPED.test(text)) return false;
  return positions.every(({ xOffset, yOffset }) => Math.abs(xOffset) < FARTHEST && Math.abs(yOffset) < FARTHEST);
}

interface Mark {
  readonly text: string;
  readonly parts: ComposedGlyph['parts'];
}

/** How far apart marks of one letter are shown, in thousandths of an em: poppler puts in order what it parts by where it begins. */
const STEP = 20;

/**
 * Shows marks before the letter that is drawn at `base` from the pen, each as a glyph of its own that has no width and brings its distance
 * along: on the line, and to the left of its letter, is where readers that reverse a line letter by letter take it for a mark of that
 * letter. `pending` is what the pen has to be moved; gives by how much more it has to be now.
 */
function showMarks(face: Face, marks: readonly Mark[], base: number, pending: number, shown: string[]): number {
  const step = Math.round(STEP / face.scale);
  let pen = -pending;
  for (const [index, { text, parts }] of marks.entries()) {
    const at = base - (marks.length - index) * step;
    const shift = -Math.round((at - pen) * face.scale);
    if (shift !== 0) shown.push(`)${shift}(`);
    pen = at;
    const moved = parts.map((part) => ({ ...part, x: part.x - at }));
    shown.push(showCid(face.cid(face.compose({ parts: moved, advance: 0 }), text)));
  }
  return -pen - pending;
}

const RIGHT_TO_LEFT_MARK = '\u200f';

/** To poppler a mark has no direction of its own: where most lines run from left to right, it reads one that begins a line as before that line. */
function openingOf(face: Face, marks: number): string {
  const shift = (marks + 1) * STEP;
  return `)${shift}(${showCid(face.cid(face.compose(BLANK), RIGHT_TO_LEFT_MARK))})${-shift}(`;
}

/** More marks on one letter than any of these scripts puts there by custom. */
const PILED = /\p{M}{3}/u;

// Set with the room they need everywhere: asked of every word, and a list of names in one of them keeps its even lines.
const STAYS_IN_LINE: ReadonlySet<Script> = new Set([
  'Latn',
  'Grek',
  'Cyrl',
  'Armn',
  'Geor',
  'Hebr',
  'Arab',
  'Deva',
  'Beng',
  'Taml',
  'Thai',
  'Hani',
  'Kana',
  'Hang',
  'Zyyy',
]);

// Right to left as well, but readers of PDFs do not know it and leave their letters as they stand on paper.
const NOT_REVERSED: ReadonlySet<Script> = new Set(['Nkoo', 'Mand', 'Samr', 'Adlm', 'Rohg', 'Yezi', 'Mend']);

// Their marks stand in the order of their letters, one glyph each.
const OWN_LETTERS: ReadonlySet<Script> = new Set(['Thai', 'Laoo']);
/** Written as a circle above the letter and a long vowel after it: two glyphs for one letter. */
const TWO_GLYPHS = /[\u0e33\u0eb3]$/;

/**
 * A letter for each glyph, undefined where a cluster has them not one by one: pdf.js knows no replacement texts, and takes a letter whose
 * text brings a mark along for a mark without width.
 */
function lettersOf(text: string, glyphs: readonly { readonly cluster: number }[], { sizes, ends }: Clusters): (string | undefined)[] {
  let first = 0;
  return glyphs.map(({ cluster }, index) => {
    if (glyphs[index - 1]?.cluster !== cluster) first = index;
    const letters = Array.from(text.slice(cluster, ends.get(cluster)));
    const size = sizes.get(cluster) ?? 0;
    if (size === letters.length) return letters[index - first];
    if (size !== letters.length + 1 || !TWO_GLYPHS.test(letters.at(-1) ?? '')) return undefined;
    return index - first === 1 ? '' : letters[index === first ? 0 : index - first - 1];
  });
}

function reachOf(face: Face, glyphs: readonly { readonly codepoint: number }[], positions: readonly { readonly yOffset: number }[]): Reach {
  let up = 0;
  let down = 0;
  for (const [index, { codepoint }] of glyphs.entries()) {
    const ink = face.inkOf(codepoint);
    const offset = positions[index]?.yOffset ?? 0;
    up = Math.max(up, ink.up + offset);
    down = Math.max(down, ink.down - offset);
  }
  return { up: up * face.scale, down: down * face.scale };
}

interface Clusters {
  /** By where a cluster begins: how many glyphs it has. */
  readonly sizes: ReadonlyMap<number, number>;
  /** By where a cluster begins: where it ends. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Null where every glyph stands for one UTF-16 unit and every unit has its glyph, as in most words. */
function clustersOf(text: string, glyphs: readonly { readonly cluster: number }[]): Clusters | null {
  const last = glyphs.length - 1;
  if (glyphs.length === text.length) {
    const descending = (glyphs[0]?.cluster ?? 0) > 0;
    if (glyphs.every(({ cluster }, index) => cluster === (descending ? last - index : index))) return null;
  }
  const sizes = new Map<number, number>();
  for (const { cluster } of glyphs) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const starts = [...sizes.keys()].sort((left, right) => left - right);
  return { sizes, ends: new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length])) };
}
