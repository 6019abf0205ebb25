import { lineRoom } from '../pdf/layout/line-room.ts';
import { voiceOf } from '../pdf/layout/voice.ts';
import { type Line, PLAIN } from '../pdf/text/line.ts';
import { layOutParagraph } from '../pdf/text/paragraph.ts';
import { Typesetter } from '../pdf/text/typesetter.ts';
import { drawLines, type LinePlace } from './draw-lines.ts';
import { writePng } from './png.ts';
import { Raster, type Rgb } from './raster.ts';

/** What other pages show where somebody links to a letter. Never a signatory's name. */
export interface SocialPictureInput {
  /** BCP 47. */
  readonly language: string;
  readonly coalition: string;
  readonly headline: string;
  /** "12 organisations, 340 people"; empty where nothing is to be said of them. */
  readonly counts: string;
}

/** As the large networks ask for it. */
export const PICTURE_SIZE = { width: 1200, height: 630 } as const;

const PAPER: Rgb = { red: 251, green: 250, blue: 247 };
const INK: Rgb = { red: 28, green: 28, blue: 26 };
const SOFT: Rgb = { red: 87, green: 86, blue: 80 };
const ACCENT: Rgb = { red: 11, green: 84, blue: 102 };

const MARGIN = 80;
const BAR = 16;
const SMALL = 34;
/** Room between the small lines above and below. */
const [TOP, BOTTOM] = [150, 500];
/** Sizes of the headline, the largest that fits. */
const SIZES = [76, 66, 58, 50, 44, 38];
/** More is cut: what does not fit at the smallest size would not be read either. */
const MOST_CHARACTERS = 400;

/**
 * A picture of 1200 × 630 pixels as PNG: the coalition, the headline, how many have signed. Set by the shaping that sets the PDF, in the
 * committed fonts, so that every script and direction comes out as there; nothing is fetched.
 * @param fonts the folder of the committed font files, with its final slash
 */
export function drawSocialPicture({ language, coalition, headline, counts }: SocialPictureInput, fonts: URL): Buffer {
  const raster = new Raster(PICTURE_SIZE.width, PICTURE_SIZE.height, PAPER);
  const typesetter = new Typesetter(fonts);
  const voice = voiceOf(language);
  const direction = voice.rightToLeft ? 'rtl' : 'ltr';
  const width = PICTURE_SIZE.width - 2 * MARGIN;
  const linesOf = (text: string, size: number, style: 'regular' | 'bold'): readonly Line[] =>
    layOutParagraph(typesetter, { spans: [{ text, setting: voice.setting(style), look: PLAIN }], size, width, direction });
  const placed = (lines: readonly Line[], baseline: number, leading: number): readonly LinePlace[] =>
    lines.map((line, index) => ({
      line,
      x: voice.rightToLeft ? PICTURE_SIZE.width - MARGIN - line.width : MARGIN,
      baseline: baseline + index * leading,
    }));
  const oneLine = (text: string, baseline: number) =>
    placed(text === '' ? [] : linesOf(cut(text, 80), SMALL, 'regular').slice(0, 1), baseline, 0);

  raster.box(voice.rightToLeft ? PICTURE_SIZE.width - BAR : 0, 0, BAR, PICTURE_SIZE.height, ACCENT);
  drawLines(raster, oneLine(coalition, 110));
  raster.fill(ACCENT);

  const { lines, leading } = fitting((size) => linesOf(cut(headline, MOST_CHARACTERS), size, 'bold'), voice.leading);
  const height = lines.length * leading;
  const first = TOP + (BOTTOM - TOP - height) / 2 + leading * 0.74;
  drawLines(raster, placed(lines, first, leading));
  raster.fill(INK);

  drawLines(raster, oneLine(counts, 560));
  raster.fill(SOFT);
  return writePng(raster);
}

/** The largest size at which all lines have room; at the smallest as many as have. */
function fitting(linesAt: (size: number) => readonly Line[], voiceLeading: number) {
  for (const size of SIZES) {
    const lines = linesAt(size);
    const even = Math.round(size * Math.min(voiceLeading, 1.6) * 0.86);
    // One distance for all, as far as the line with the highest stack of letters asks for.
    const leading = lines.reduce((most, line) => Math.max(most, Math.ceil(lineRoom(line, even).height)), even);
    const room = Math.floor((BOTTOM - TOP) / leading);
    if (lines.length <= room || size === SIZES.at(-1)) return { lines: lines.slice(0, room), leading };
  }
  throw new Error('a picture without sizes');
}

/** At a whole character, with a sign that there was more. */
function cut(text: string, most: number): string {
  const characters = [...new Intl.Segmenter().segment(text)];
  return characters.length <= most ? text : `${text.slice(0, characters[most]?.index)}…`;
}
