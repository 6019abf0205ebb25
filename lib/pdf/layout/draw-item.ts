import type { Composition } from './composition.ts';
import type { FlowItem, PlacedLine } from './flow.ts';

/** Draws an item that begins at the composition's present height. */
export function drawItem(composition: Composition, item: FlowItem): void {
  if (item.bookmark !== undefined) composition.bookmark(item.bookmark);
  for (const line of item.lines) drawLine(composition, line);
  const { canvas } = composition.pages;
  const top = composition.geometry.height - composition.y;
  for (const { x1, x2, at, weight } of item.rules) canvas.rule(x1, top - at, x2, top - at, weight);
  const { picture } = item;
  if (picture) canvas.picture(picture.name, [picture.x, top - item.height, picture.width, item.height], picture.node);
}

function drawLine(composition: Composition, { line, x, baseline, segments, colour }: PlacedLine): void {
  const { canvas } = composition.pages;
  const y = composition.geometry.height - composition.y - baseline;
  canvas.setColour(colour);
  if (line.looks === null) {
    const own = segments[0];
    canvas.own(own === undefined ? composition.artifact('repeated') : own.node());
    canvas.line(line, x, y);
    return;
  }
  canvas.mixedLine(line, x, y, (look, from, to) => {
    const segment = segments[look.segment];
    if (segment === undefined) {
      canvas.own(composition.artifact('repeated'));
      return;
    }
    const node = segment.node();
    canvas.own(node);
    canvas.setColour(segment.url === null ? colour : 'link');
    if (segment.anchor !== undefined) composition.anchor(segment.anchor);
    const target = segment.url ?? segment.leadsTo;
    if (target === undefined) return;
    const rectangle = [x + from, y - line.size * 0.25, x + to, y + line.size * 0.85] as const;
    composition.pages.link({ target, rectangle, contents: segment.text, node });
  });
}
