import { isId } from '../../../../lib/shared/ids.ts';
import type { Visitor } from '../../../_request/visitor.ts';
import { type Door, doorOf, ownPath, pageBehind } from '../door.ts';

/** The page on which one entry is corrected. */
export const correctPath = (door: Door, entry: string, act = 'correct'): string => {
  const path = ownPath(door, act);
  return `${path}${path.includes('?') ? '&' : '?'}entry=${entry}`;
};

/** The page that a form was sent from, by the entry that its address names. */
export function correctPageOf(visitor: Visitor): string {
  const entry = visitor.search.get('entry') ?? '';
  return isId('sig', entry) ? correctPath(doorOf(visitor), entry) : pageBehind(doorOf(visitor));
}
