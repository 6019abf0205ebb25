import type { Colour } from '../document/page-canvas.ts';
import type { Range } from '../text/line.ts';
import { layOutParagraph, type Span } from '../text/paragraph.ts';
import type { Composition } from './composition.ts';
import type { FlowItem, Segment } from './flow.ts';
import { type Alignment, type Column, leftEdge } from './geometry.ts';
import { lineRoom } from './line-room.ts';

export interface ParagraphStyle {
  readonly size: number;
  /** Baseline to baseline, points; more where a line's letters need it. */
  readonly lead: number;
  readonly before: number;
  readonly alignment?: Alignment;
  readonly colour?: Colour;
  /** Its last line stays with what follows. */
  readonly keepNext?: boolean;
  /** Lines of about equal length, as a headline wants them. */
  readonly balanced?: boolean;
  /** As in `ParagraphInput`. */
  readonly justified?: boolean;
}

export interface ParagraphText {
  readonly spans: readonly Span[];
  readonly segments: readonly Segment[];
  readonly rightToLeft: boolean;
  /** As in `ParagraphInput`. */
  readonly isolates?: readonly Range[];
}

/** A paragraph as items, a line each, that leave no line of it alone at the foot or head of a page. */
export function paragraphItems(composition: Composition, column: Column, text: ParagraphText, style: ParagraphStyle): FlowItem[] {
  const { typesetter, geometry } = composition;
  const { size, lead, before, alignment = 'start', colour = 'black', keepNext = false, justified = false } = style;
  const isolates = text.isolates === undefined ? {} : { isolates: text.isolates };
  const input = { spans: text.spans, size, direction: text.rightToLeft ? ('rtl' as const) : ('ltr' as const), justified, ...isolates };
  let lines = layOutParagraph(typesetter, { ...input, width: column.width });
  if (style.balanced === true && lines.length > 1) {
    const count = lines.length;
    // Narrower until it would take one more line.
    for (let width = column.width * 0.97; width > column.width * 0.5; width *= 0.97) {
      const narrower = layOutParagraph(typesetter, { ...input, width });
      if (narrower.length > count) break;
      lines = narrower;
    }
  }
  // In a letter of the other direction, its lines are flush where they begin; a single one stays where the letter's begin.
  const turned = text.rightToLeft !== geometry.rightToLeft && lines.length > 1 && alignment === 'start';
  const edge = turned ? 'end' : alignment;
  return lines.map((line, index) => {
    const last = index === lines.length - 1;
    const { baseline, height } = lineRoom(line, lead);
    return {
      before: index === 0 ? before : 0,
      height,
      keep: last ? keepNext : keepNext || index === 0 || index === lines.length - 2,
      lines: [{ line, x: leftEdge(geometry, column, line.width, edge), baseline, segments: text.segments, colour }],
      rules: [],
    };
  });
}
