import { z } from 'zod';
import { holdLetterRow } from '../../db/queries/drafts.ts';
import { findPlaceable, listPlaced, type PlacedSignature, storePlaces } from '../../db/queries/placed.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { SectionKind } from '../block/model.ts';
import { sectionOf } from '../block/record.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type BlockRefusal, hindranceToBlock } from '../letters/block-access.ts';
import { namesMayShow } from '../letters/document.ts';
import { isId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { changedPlaces, placedAt } from './place-order.ts';
import { openRecord } from './places.ts';

/** Entries of one letter that can be put by hand: all of them are opened with each change, in some milliseconds. */
export const MOST_PLACED = 200;

/** `to` counts from 1; 0 gives the entry back to its section's own order. */
export const placeForm = z.object({
  signature: z.string().refine((id) => isId('sig', id)),
  to: z.coerce.number().int().min(0).max(999_999_999),
});

export interface Placed {
  readonly section: SectionKind;
  /** In the order of signing. */
  readonly position: number;
  /** Null: it stands where its section's order puts it. */
  readonly place: number | null;
}

/**
 * Puts one entry of the list at a place from the head of its section. The place is absolute: the same button pressed twice does the same,
 * and of two members who move entries at once each finds theirs where they put it, or next to it.
 */
export async function placeEntry(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  { signature, to }: z.output<typeof placeForm>,
  now: Date,
): Promise<Result<Placed, BlockRefusal | 'no-such-entry' | 'names-hidden' | 'too-many-placed'>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    const hindrance = hindranceToBlock(letter, scope);
    if (!letter || hindrance) return refusal(hindrance ?? 'not-found');
    if (!namesMayShow(letter)) return refusal('names-hidden');
    const entry = await findPlaceable(tx, letter.id, signature);
    if (!entry) return refusal('no-such-entry');
    const sectionOfRow = (row: PlacedSignature) => sectionOf(openRecord(instance.keys, { ...row, letterId: letter.id }));
    const section = sectionOfRow(entry);
    const placed = await listPlaced(tx, letter.id);
    if (to > 0 && entry.place === null && placed.length >= MOST_PLACED) return refusal('too-many-placed');
    const before = placed.filter((row) => sectionOfRow(row) === section);
    const order = placedAt(
      before.map(({ id }) => id),
      entry.id,
      to === 0 ? null : to,
    );
    const stored = new Map([...before, entry].map(({ id, place }) => [id, place]));
    const changed = changedPlaces(stored, order);
    const place = order.indexOf(entry.id) + 1 || null;
    const result = { section, position: entry.position, place };
    if (changed.size === 0) return success(result);
    await storePlaces(tx, letter.id, changed);
    const record = { signature, section, from: entry.place, to: place, moved: changed.size };
    const actor = { kind: 'member', id: scope.memberId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letter.id }, type: 'entries-placed', actor, record }, now);
    return success(result);
  });
}
