import { z } from 'zod';
import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import { type ListedRow, listNearest, listRowsAt } from '../../db/queries/list.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { SignedIn } from '../auth/session.ts';
import { isRecentlyProved, PROVE_AGAIN, type ProveAgain } from '../auth/step-up.ts';
import { type For, mayDo } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { tableText } from '../plain/csv.ts';
import { breathe } from '../shared/breathe.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { branchesOf, type ListState, listStates } from './list-filter.ts';
import { listEntry } from './list-view.ts';
import { openPrintable } from './printable-record.ts';
import { findSigner } from './signer.ts';

const COLUMNS = ['status', 'capacity', 'organisation', 'acronym', 'name', 'role', 'city', 'country', 'publication', 'origin', 'signedAt'];
/** Who acted: the representative, also one who does not print. */
const ADDRESSES = ['email', 'signedBy'];
/** Entries read and opened in one go, some milliseconds. */
const CHUNK = 125;

export const exportForm = z.object({ state: z.enum(listStates).default('all') });

/**
 * The entries of a state as a table, in the order of signing, made only as fast as it is taken. Null where names are hidden or withdrawn,
 * for everybody: what is shown on the desk stays there, a file goes on living elsewhere. Names are asked for anew with every chunk: a file
 * that is being written ends where they are hidden.
 */
export async function listFile(
  instance: Instance,
  scope: For<LetterScope, 'read'>,
  state: ListState,
): Promise<AsyncGenerator<string> | null> {
  const letter = await findLetter(instance.store.read, scope.coalitionId, scope.letterId);
  return letter && namesMayShow(letter) ? rowsOf(instance, scope, { state, addresses: false }) : null;
}

/**
 * The same with addresses, for whoever proved theirs in the last minutes; the letter's log says that they were taken.
 * @returns the table; it is written once it is read
 */
export async function exportAddresses(
  instance: Instance,
  scope: For<LetterScope, 'read-addresses'>,
  { who, state }: { readonly who: SignedIn; readonly state: ListState },
  now: Date,
): Promise<Result<AsyncGenerator<string>, ProveAgain | 'not-found'>> {
  if (!isRecentlyProved(who, now)) return refusal(PROVE_AGAIN);
  const { letterId, memberId } = scope;
  const logged = await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return false;
    const actor = { kind: 'member', id: memberId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'addresses-exported', actor, record: { state } }, now);
    return true;
  });
  return logged ? success(rowsOf(instance, scope, { state, addresses: true })) : refusal('not-found');
}

/** With addresses also while names are hidden: whoever runs the letter has to write to people, and the log says who took them. */
const mayShow = (letter: LetterRow, { role }: LetterScope, { addresses }: Wanted): boolean =>
  namesMayShow(letter) || (addresses && mayDo(role, 'run'));

interface Wanted {
  readonly state: ListState;
  readonly addresses: boolean;
}

async function* rowsOf(instance: Instance, scope: LetterScope, wanted: Wanted): AsyncGenerator<string> {
  const { state, addresses } = wanted;
  const { store } = instance;
  yield tableText([[...COLUMNS, ...(addresses ? ADDRESSES : [])]], { first: true });
  for (const branch of branchesOf[state]) {
    for (let place = 0; ; ) {
      const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
      if (!letter || !mayShow(letter, scope, wanted)) return;
      const places = await listNearest(store.read, scope.letterId, branch, { place, older: false, limit: CHUNK });
      const rows = (await listRowsAt(store.read, scope.letterId, places)).toReversed();
      const cells: string[][] = [];
      for (const row of rows) cells.push(await cellsOf(instance, letter, row, addresses));
      if (cells.length > 0) yield tableText(cells, { first: false });
      if (places.length < CHUNK) break;
      place = places.at(-1) ?? place;
      await breathe();
    }
  }
}

async function cellsOf(instance: Instance, letter: LetterRow, row: ListedRow, addresses: boolean): Promise<string[]> {
  const { keys, store } = instance;
  const { status, capacity, publication, origin, signedAt } = listEntry(keys, letter, row);
  const { organisation, acronym, name, role, city, country } = openPrintable(keys, row.signature, policiesOf(letter.policies));
  const cells = [status, capacity, organisation, acronym, name, role, city, country, publication, origin, signedAt.toISOString()];
  const signer = addresses ? await findSigner(instance, store.read, row.signing) : null;
  return [...cells, ...(addresses ? [signer?.email, signer?.name] : [])].map((cell) => cell ?? '');
}
