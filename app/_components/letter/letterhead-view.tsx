import { letterheadLines } from '../../../lib/document/head-lines.ts';
import type { Letterhead } from '../../../lib/document/model.ts';
import { inOrder } from './in-order.tsx';

/** What stands at the head of a letter's first page: the coalition's logo and lines. */
export function LetterheadView({ letterhead }: { readonly letterhead: Letterhead | undefined }) {
  if (letterhead === undefined) return null;
  const { name, lines, logo } = letterhead;
  // The picture says the name by itself.
  const words = logo === null ? letterheadLines(letterhead) : lines;
  return (
    <div className="letterhead">
      {logo === null ? null : (
        // biome-ignore lint/performance/noImgElement: the picture stands in the document itself
        <img src={`data:${logo.mediaType};base64,${logo.base64}`} alt={lines.length === 0 ? name : ''} />
      )}
      {words.length === 0 ? null : (
        <p>
          {inOrder(words, (line) => (
            <span className="letter__line">
              <bdi>{line}</bdi>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
