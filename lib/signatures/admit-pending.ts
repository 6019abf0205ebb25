import { hasLiveOrganisation, hasLivePerson, listOutcomesOfPerson } from '../../db/queries/live-entries.ts';
import { admitPending, type SignatureRow, type SigningRow } from '../../db/queries/signatures.ts';
import type { SignatureStatus } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { Part } from '../block/addenda.ts';
import type { Instance } from '../instance.ts';
import { wasKeptOut } from '../invitations/passed-on-line.ts';
import { partListedNow } from '../letters/addendum.ts';
import type { HeldLetter } from './held-letter.ts';
import { nameIndexOf } from './name-index.ts';
import { openRecord } from './places.ts';
import { organisationOf } from './write-signing.ts';

export interface Admitted {
  readonly id: string;
  readonly capacity: SignatureRow['capacity'];
  readonly status: SignatureStatus;
  readonly flags: SignatureRow['flags'];
}

/**
 * What a signing gave and waited for its proof passes its gates or is held at them, and is counted in the held letter. For whoever has just
 * written the proof down.
 */
export async function admitSigning(
  tx: Tx,
  instance: Instance,
  held: HeldLetter,
  { signing, signatures }: { readonly signing: SigningRow; readonly signatures: readonly SignatureRow[] },
  now: Date,
): Promise<readonly Admitted[]> {
  const addendum = partListedNow(held.letter, now);
  const { coalitionId } = held.letter;
  const admitted: Admitted[] = [];
  for (const signature of signatures) {
    if (signature.status !== 'pending') continue;
    const became = await admitOne(tx, instance, { coalitionId, signing, signature, addendum }, now);
    admitted.push({ id: signature.id, capacity: signature.capacity, ...became });
  }
  held.count(
    admitted.filter(({ status }) => status === 'listed').map(({ capacity }) => ({ capacity, addendum })),
    1,
  );
  return admitted;
}

interface Pending {
  readonly coalitionId: string;
  readonly signing: SigningRow;
  readonly signature: SignatureRow;
  /** Where it stands if it is listed. */
  readonly addendum: Part;
}

/** `rejected` where the same person has a live entry already */
async function admitOne(
  tx: Tx,
  instance: Instance,
  { coalitionId, signing, signature, addendum }: Pending,
  now: Date,
): Promise<Pick<Admitted, 'status' | 'flags'>> {
  const { keys } = instance;
  const { id, letterId, capacity } = signature;
  const record = openRecord(keys, signature);
  let { flags } = signature;
  let organisationId: string | null = null;
  let nameIndex: Buffer | null = null;
  let again = false;
  const addressIndex = capacity === 'personal' ? signing.addressIndex : null;
  if (capacity === 'organisation') {
    organisationId = await organisationOf(tx, instance, coalitionId, record, now);
    if (await hasLiveOrganisation(tx, letterId, organisationId, id)) flags = [...flags, 'duplicate-organisation'];
  } else if (addressIndex !== null) {
    nameIndex = nameIndexOf(keys, letterId, record.name ?? '');
    const [live, outcomes] = await Promise.all([
      hasLivePerson(tx, letterId, addressIndex, nameIndex),
      listOutcomesOfPerson(tx, letterId, { addressIndex, nameIndex }, id),
    ]);
    again = live;
    if (again) flags = [...flags, 'signed-before'];
    // Behind the mail alone: whoever only types an address learns nothing of what became of an earlier entry.
    else if (outcomes.some(wasKeptOut)) flags = [...new Set([...flags, 'kept-out-before'])];
  }
  // Whatever else is to be looked at was written with it when it was given.
  const status: SignatureStatus = again ? 'rejected' : flags.length === 0 ? 'listed' : 'held';
  const change = {
    status,
    flags,
    organisationId,
    addressIndex,
    nameIndex,
    authority: signature.authority,
    listedAt: status === 'listed' ? now : null,
    addendum: status === 'listed' ? addendum : null,
    endedAt: again ? now : null,
  };
  await tx.sending(
    admitPending(tx, id, change).then((done) => {
      if (!done) throw new Error(`signature ${id} changed while its letter was held`);
    }),
  );
  return { status, flags };
}
