import { type CoalitionRow, findCoalition } from '../../db/queries/coalitions.ts';
import { isLetterheadLogo, type LetterRow } from '../../db/queries/letters.ts';
import type { StoredLetterhead } from '../../db/schema/tables/letters.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { hideBlob } from '../blobs/store.ts';
import { readPicture } from '../coalitions/logo.ts';
import { publicNameOf } from '../coalitions/mail-sender.ts';
import type { Letterhead } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { type Policies, policiesOf } from './presets.ts';

type Opened = Pick<Instance, 'store' | 'keys'>;
type Naming = Pick<Policies, 'coordinator'>;

/** A letterhead with its picture as it is stored: an id. */
interface LetterheadSource extends StoredLetterhead {
  readonly logo: string | null;
}

/**
 * What a coalition prints at the head of its letters now. Where a letter names its coordinators by their public name alone, that is all
 * its letterhead says: lines were written for letters that name more, and a picture tells whose pseudonym it stands over.
 */
function presentLetterhead(coalition: Pick<CoalitionRow, 'name' | 'settings'>, { coordinator }: Naming): LetterheadSource {
  const { letterhead, publicName, logo } = coalition.settings;
  const name = publicNameOf(coalition);
  if (!letterhead) return { name, lines: [], logo: null };
  const picture = letterhead.logo ? (logo ?? null) : null;
  if (coordinator === 'named') return { name, lines: letterhead.lines, logo: picture };
  return { name, lines: [name], logo: publicName === undefined ? picture : null };
}

async function readSource({ store, keys }: Opened, coalitionId: string, source: LetterheadSource): Promise<Letterhead | undefined> {
  const { name, lines } = source;
  const picture = source.logo === null ? null : await readPicture(store.read, keys, coalitionId, source.logo);
  if (lines.length === 0 && picture === null) return undefined;
  if (picture === null) return { name, lines, logo: null };
  const { mediaType, width, height, bytes } = picture;
  return { name, lines, logo: { mediaType, width, height, base64: bytes.toString('base64') } };
}

async function presentSource(db: Reader, coalitionId: string, naming: Naming): Promise<LetterheadSource> {
  const coalition = await findCoalition(db, coalitionId);
  if (!coalition) throw new Error('a letter without its coalition');
  return presentLetterhead(coalition, naming);
}

const sourceOf = async (db: Reader, { coalitionId, letterhead, letterheadLogo, policies }: LetterRow): Promise<LetterheadSource> =>
  letterhead ? { ...letterhead, logo: letterheadLogo } : await presentSource(db, coalitionId, policiesOf(policies));

/** What would stand at the head of a coalition's letter that is not stored yet; undefined where the coalition says nothing. */
export const coalitionLetterhead = async (instance: Opened, coalitionId: string, naming: Naming): Promise<Letterhead | undefined> =>
  await readSource(instance, coalitionId, await presentSource(instance.store.read, coalitionId, naming));

/**
 * What stands at the head of a letter: the coalition's present letterhead, and from the delivery on the one it was delivered with.
 * Undefined where it says nothing.
 */
export const letterheadOf = async (instance: Opened, letter: LetterRow): Promise<Letterhead | undefined> =>
  await readSource(instance, letter.coalitionId, await sourceOf(instance.store.read, letter));

/** The same in words alone, for a page that carries no picture. */
export async function letterheadInWords(db: Reader, letter: LetterRow): Promise<Letterhead | undefined> {
  const { name, lines, logo } = await sourceOf(db, letter);
  return lines.length === 0 && logo === null ? undefined : { name, lines, logo: null };
}

/** What a letter keeps of its coalition's letterhead from its delivery on. In the transaction of the delivery, with the coalition held. */
export async function letterheadToKeep(
  tx: Tx,
  { coalitionId, policies }: Pick<LetterRow, 'coalitionId' | 'policies'>,
): Promise<Pick<LetterRow, 'letterhead' | 'letterheadLogo'>> {
  const { name, lines, logo } = await presentSource(tx, coalitionId, policiesOf(policies));
  return { letterhead: { name, lines }, letterheadLogo: logo };
}

/** Frees the picture a deleted letter was delivered with, unless another letter or the coalition has it. With the coalition held. */
export async function freeLetterheadLogo(tx: Tx, coalitionId: string, logo: string): Promise<void> {
  const coalition = await findCoalition(tx, coalitionId);
  if (coalition?.settings.logo !== logo && !(await isLetterheadLogo(tx, logo))) await hideBlob(tx, logo);
}
