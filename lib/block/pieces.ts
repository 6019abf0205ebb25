import type { Entry } from './model.ts';

/** A stretch of an entry's line: the lead, a part, or what joins them (", ", " ("). */
export interface Piece {
  readonly kind: 'lead' | 'part' | 'joint';
  readonly text: string;
}

/**
 * The lines of an entry in pieces; joined again they are the lines. Every lead and part wants isolating (`bdi`) and every joint stands
 * outside in the direction of the letter, so that a Latin name in a Persian list never reorders its neighbours.
 */
export function entryPieces(entry: Entry): readonly (readonly Piece[])[] {
  const last = entry.lines.length - 1;
  return entry.lines.map((line, index) => {
    const lead = index === 0 ? entry.lead : 0;
    const pieces: Piece[] = lead === 0 ? [] : [{ kind: 'lead', text: line.slice(0, lead) }];
    if (lead < line.length) pieces.push(...(index === last ? detailPieces(line, lead, entry.parts) : wholePieces(line, lead)));
    return pieces;
  });
}

/** One part, but for the comma or space that follows a lead. */
function wholePieces(line: string, from: number): Piece[] {
  const joint = from === 0 ? '' : (/^[\s,،、，]*/u.exec(line.slice(from))?.[0] ?? '');
  const pieces: Piece[] = [
    { kind: 'joint', text: joint },
    { kind: 'part', text: line.slice(from + joint.length) },
  ];
  return pieces.filter((piece) => piece.text !== '');
}

function detailPieces(line: string, from: number, parts: readonly string[] = []): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const part of parts) {
    const start = line.indexOf(part, at);
    if (start === -1) return wholePieces(line, from);
    if (start > at) pieces.push({ kind: 'joint', text: line.slice(at, start) });
    pieces.push({ kind: 'part', text: part });
    at = start + part.length;
  }
  if (at === from) return wholePieces(line, from);
  if (at < line.length) pieces.push({ kind: 'joint', text: line.slice(at) });
  return pieces;
}
