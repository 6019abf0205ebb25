import type { Cover } from '../../document/model.ts';
import { BODY_SIZE, bodyItems } from './body.ts';
import type { Composition } from './composition.ts';
import { type FlowItem, flow } from './flow.ts';
import { measure } from './geometry.ts';
import { stringText } from './inline.ts';
import { type ParagraphStyle, paragraphItems } from './paragraph-items.ts';
import { voiceOf } from './voice.ts';

/** The page before a letter. What stands in its facts keeps to itself: a fingerprint reads from left to right on a page that does not. */
export function setCover(composition: Composition, { language, title, facts, body }: Cover): void {
  const voice = voiceOf(language);
  const column = measure(composition.geometry);
  const parent = composition.node('Sect', null, { language });
  const line = (text: string, type: string, style: 'regular' | 'bold', look: Partial<ParagraphStyle>): FlowItem[] => {
    const size = look.size ?? BODY_SIZE;
    const set = stringText(composition, text, { voice, style, type, parent, isolates: [[0, text.length]] });
    return paragraphItems(composition, column, set, { before: 0, lead: size * Math.min(voice.leading, 1.5), ...look, size });
  };
  const head = [
    ...line(title, 'H1', 'bold', { size: 17, keepNext: true, balanced: true }),
    ...facts.flatMap(({ name, value }, index) => [
      ...line(name, 'P', 'regular', { size: 8.8, before: index === 0 ? 18 : 8, colour: 'grey', keepNext: true }),
      ...line(value, 'P', 'regular', {}),
    ]),
  ];
  const { items, notes } = bodyItems(composition, body, voice, column, parent);
  flow(composition, [...head, ...items, ...notes.unreferred()]);
  composition.endNotes();
  composition.closeNodes();
}
