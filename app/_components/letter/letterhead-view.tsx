import type { Letterhead } from '../../../lib/document/model.ts';
import { inOrder } from './in-order.tsx';

/** What stands at the head of a letter's first page: the coalition's logo and lines. */
export function LetterheadView({ letterhead: { lines, logo } }: { readonly letterhead: Letterhead }) {
  return (
    <div className="letterhead">
      {logo === null ? null : (
        // biome-ignore lint/performance/noImgElement: the picture stands in the document itself
        <img src={`data:${logo.mediaType};base64,${logo.base64}`} alt="" />
      )}
      {lines.length === 0 ? null : (
        <p>
          {inOrder(lines, (line) => (
            <span className="letter__line">
              <bdi>{line}</bdi>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
