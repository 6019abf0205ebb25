import type { LetterRow } from '../../db/queries/letters.ts';
import type { Part } from '../block/addenda.ts';
import { dayIn } from './deadline.ts';

/**
 * Where a name stands that is listed now: in the list, and once that was delivered in the addendum of the day. For whoever holds the
 * letter's row: asked before, a delivery could come in between, and the name would stand in a list that was handed over without it.
 */
export const partListedNow = ({ status, zone }: Pick<LetterRow, 'status' | 'zone'>, now: Date): Part =>
  status === 'delivered' ? dayIn(now, zone) : null;
