import { Face } from './face.ts';
import { type Family, faceName, familiesFor, type HanForm, homeFamily, nearestStyle, SERIF, type Style } from './families.ts';
import { type Run, utf16Hex, type Word } from './run.ts';
import { languageOfRun } from './run-language.ts';
import { leadingScript, scriptOf } from './scripts.ts';
import { shapeRun } from './shaping.ts';
import { WordCache } from './word-cache.ts';

// Characters that are never seen by themselves: no font needs to have them.
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Zs}\p{Cc}]$/u;
/** Thousandths of an em: narrower gaps are no spaces between single characters to poppler, whose bound is 400. */
const WIDE_SPACE = 420;
const UNKNOWN = 0;
const MISSING = 255;

/** How text is set where neither its characters nor its mark-up say otherwise. */
export interface Setting {
  readonly style: Style;
  /** The family of digits, punctuation and spaces. */
  readonly base: Family;
  readonly han: HanForm;
  /** BCP 47; decides local letter shapes. */
  readonly language: string;
}

interface SettingState {
  readonly setting: Setting;
  /** By UTF-16 unit: `UNKNOWN`, `MISSING`, or the index of a face plus one. */
  readonly faceOfUnit: Uint8Array;
  readonly faceOfAstral: Map<number, number>;
  readonly leftToRight: WordCache;
  readonly rightToLeft: WordCache;
  space: Run | undefined;
  wideSpace: Run | undefined;
}

/** Turns words into runs of glyphs, choosing faces by what they cover; one for a document. */
export class Typesetter {
  readonly faces: Face[] = [];
  /** Characters no font has, as `U+1F600`, in order of appearance. */
  readonly missing = new Set<string>();
  private readonly faceIndex = new Map<string, number>();
  private readonly states = new Map<Setting, SettingState>();
  private readonly statesByKey = new Map<string, SettingState>();

  private readonly fonts: URL;

  /** `fonts`: the folder of the committed font files, with its final slash. */
  constructor(fonts: URL) {
    this.fonts = fonts;
  }

  space(setting: Setting): Run {
    const state = this.state(setting);
    state.space ??= this.shape(this.face(setting.base, setting.style), ' ', false, setting, false);
    return state.space;
  }

  /** Between single characters. */
  wideSpace(setting: Setting): Run {
    const state = this.state(setting);
    if (state.wideSpace === undefined) {
      const space = this.space(setting);
      const more = Math.max(0, WIDE_SPACE - space.advance);
      state.wideSpace = { ...space, advance: space.advance + more, shown: `${space.shown})${-Math.round(more)}(` };
    }
    return state.wideSpace;
  }

  /** `text` has no spaces and one direction. */
  word(setting: Setting, text: string, rightToLeft: boolean): Word {
    const state = this.state(setting);
    const cache = rightToLeft ? state.rightToLeft : state.leftToRight;
    let word = cache.get(text);
    if (word === undefined) {
      word = this.makeWord(state, text, rightToLeft);
      cache.set(text, word);
    }
    return word;
  }

  private makeWord(state: SettingState, text: string, rightToLeft: boolean): Word {
    const runs: Run[] = [];
    let start = 0;
    let current = UNKNOWN;
    const close = (end: number) => {
      if (current === MISSING) for (const character of text.slice(start, end)) runs.push(this.box(character));
      else if (end > start) {
        const face = this.faceAt(current);
        const faux = state.setting.style.startsWith('bold') && face.name.endsWith('-Regular');
        runs.push(this.shape(face, text.slice(start, end), rightToLeft, state.setting, faux));
      }
      start = end;
    };
    for (let index = 0; index < text.length; ) {
      const codePoint = text.codePointAt(index) ?? 0;
      const next = this.faceFor(state, codePoint, current);
      if (next !== current && current !== UNKNOWN) close(index);
      current = next;
      index += codePoint > 0xffff ? 2 : 1;
    }
    if (current !== UNKNOWN) close(text.length);
    if (rightToLeft) runs.reverse();
    return { runs, advance: runs.reduce((sum, run) => sum + run.advance, 0) };
  }

  private faceFor(state: SettingState, codePoint: number, current: number): number {
    if (current !== UNKNOWN && current !== MISSING && scriptOf(codePoint) === 'Zyyy') {
      // Neutral characters stay in the font of their word when it has them.
      if (this.faceAt(current).covers(codePoint) || UNSEEN.test(String.fromCodePoint(codePoint))) return current;
    }
    const known = codePoint <= 0xffff ? (state.faceOfUnit[codePoint] ?? UNKNOWN) : (state.faceOfAstral.get(codePoint) ?? UNKNOWN);
    if (known !== UNKNOWN) return known;
    const found = this.findFace(state.setting, codePoint);
    if (codePoint <= 0xffff) state.faceOfUnit[codePoint] = found;
    else state.faceOfAstral.set(codePoint, found);
    return found;
  }

  private findFace({ style, base, han }: Setting, codePoint: number): number {
    const unseen = UNSEEN.test(String.fromCodePoint(codePoint));
    for (const family of familiesFor(scriptOf(codePoint), base, han)) {
      if (unseen || this.face(family, style).covers(codePoint)) return this.indexOf(family, style) + 1;
    }
    return MISSING;
  }

  private box(character: string): Run {
    const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    this.missing.add(`U+${hex.padStart(4, '0')}`);
    const digits = hex.length <= 4 ? hex.padStart(4, '0') : hex.padStart(6, '0');
    const face = this.face(SERIF, 'regular');
    return {
      face,
      advance: digits.length === 4 ? 640 : 860,
      reach: null,
      shown: null,
      opening: '',
      raised: [],
      actualText: utf16Hex(character),
      spoken: null,
      embolden: false,
      missing: digits,
    };
  }

  private shape(face: Face, text: string, rightToLeft: boolean, setting: Setting, embolden: boolean): Run {
    const spoken = rightToLeft ? null : languageOfRun(text, setting);
    return shapeRun(face, { text, rightToLeft, script: leadingScript(text), language: setting.language, spoken, embolden });
  }

  private faceAt(indexPlusOne: number): Face {
    const face = this.faces[indexPlusOne - 1];
    if (face === undefined) throw new Error('no such face');
    return face;
  }

  private face(family: Family, style: Style): Face {
    return this.faceAt(this.indexOf(family, style) + 1);
  }

  private indexOf(family: Family, style: Style): number {
    const name = faceName(family, nearestStyle(family, style));
    let index = this.faceIndex.get(name);
    if (index === undefined) {
      index = this.faces.length;
      this.faces.push(new Face(name, new URL(`${name}.ttf`, this.fonts), index));
      this.faceIndex.set(name, index);
    }
    return index;
  }

  private state(setting: Setting): SettingState {
    // By identity first: this is asked for every word.
    let state = this.states.get(setting);
    if (state === undefined) {
      const key = `${setting.style} ${setting.base.base} ${setting.han} ${setting.language}`;
      state = this.statesByKey.get(key);
      if (state === undefined) {
        state = {
          setting,
          faceOfUnit: new Uint8Array(0x10000),
          faceOfAstral: new Map(),
          leftToRight: new WordCache(),
          rightToLeft: new WordCache(),
          space: undefined,
          wideSpace: undefined,
        };
        this.statesByKey.set(key, state);
      }
      this.states.set(setting, state);
    }
    return state;
  }
}

/** The family that digits and punctuation take in text of this script. */
export const baseFamily = (script: ReturnType<typeof scriptOf>, han: HanForm): Family => homeFamily(script, han) ?? SERIF;
