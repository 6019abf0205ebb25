import { isDeepStrictEqual } from 'node:util';
import { findCoalition, setCoalition } from '../../db/queries/coalitions.ts';
import { isLetterheadLogo } from '../../db/queries/letters.ts';
import type { CoalitionSettings } from '../../db/schema/tables/people.ts';
import type { Tx } from '../../db/store.ts';
import type { CoalitionScope } from '../access/scope.ts';
import { activateBlob, hideBlob, writeBlob } from '../blobs/store.ts';
import type { Instance } from '../instance.ts';
import { acceptPicture, PICTURE_LIMITS, type PictureFault } from '../pictures/picture.ts';
import { attempt } from '../shared/attempt.ts';
import { canonicalJson, type JsonValue } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal } from '../shared/result.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import { type For, mayDo } from './access.ts';
import { logCoalition } from './coalition-log.ts';
import { holdForMember } from './managing.ts';
import type { SettingsInput } from './settings-schema.ts';

/** A coalition's settings are its owners'. */
type Owner = For<CoalitionScope, 'manage-owners'>;

export interface Stored {
  readonly name: string;
  readonly settings: CoalitionSettings;
}

/** The settings that a form says: what it leaves empty is silent. The logo is not the form's. */
const settingsOf = (input: SettingsInput, { logo }: CoalitionSettings): CoalitionSettings => ({
  ...(input.publicName === '' ? {} : { publicName: input.publicName }),
  ...(input.senderName === '' ? {} : { senderName: input.senderName }),
  ...(input.replyTo === null ? {} : { replyTo: input.replyTo }),
  ...(input.defaultPreset === null ? {} : { defaultPreset: input.defaultPreset }),
  ...(input.letterheadLines.length > 0 || input.letterheadLogo
    ? { letterhead: { lines: input.letterheadLines, logo: input.letterheadLogo } }
    : {}),
  ...(logo === undefined ? {} : { logo }),
});

/** 64 hex digits that name what the form of the settings says, so that a save tells which state it was typed over. */
export function settingsState({ name, settings: { logo: _, ...settings } }: Stored): string {
  return fingerprintOf(canonicalJson(JSON.parse(JSON.stringify({ ...settings, name })) as JsonValue));
}

/** What a change makes different, for the log; null where nothing does. */
function differences(before: Stored, after: Stored): Readonly<Record<string, JsonValue>> | null {
  const flat = ({ name, settings }: Stored): Readonly<Record<string, unknown>> => ({ name, ...settings });
  const [was, is] = [flat(before), flat(after)];
  // By value: PostgreSQL gives the fields of stored JSON in an order of its own.
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((field) => !isDeepStrictEqual(was[field], is[field]));
  const json = (value: unknown): JsonValue => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as JsonValue));
  return changed.length === 0 ? null : Object.fromEntries(changed.map((field) => [field, { was: json(was[field]), is: json(is[field]) }]));
}

type ChangeRefusal = 'not-found' | 'not-allowed' | 'stale';

/** Changes what a coalition has once, with its entry in the log, and with the coalition held; a change to the same is none. */
async function change(
  instance: Instance,
  scope: Owner,
  changed: (tx: Tx, before: Stored) => Promise<Stored>,
  now: Date,
  isStale: (before: Stored) => boolean = () => false,
): Promise<Result<null, ChangeRefusal>> {
  return await attempt<null, ChangeRefusal>(instance.store, async (tx, refuse) => {
    const actor = await holdForMember(tx, scope);
    const before = await findCoalition(tx, scope.coalitionId);
    if (!actor || !before) return refuse('not-found');
    if (!mayDo(actor.role, 'manage-owners')) return refuse('not-allowed');
    const after = await changed(tx, before);
    const record = differences(before, after);
    if (record === null) return null;
    if (isStale(before)) return refuse('stale');
    await setCoalition(tx, scope.coalitionId, after);
    await logCoalition(tx, instance, scope, { type: 'coalition-settings-changed', record }, now);
    return null;
  });
}

/**
 * Saves the form of the settings as a whole, with the picture that was chosen in it, if one was: both or neither. Only the picture itself
 * is stored: what a camera or program wrote beside it is dropped.
 * @param sent the bytes of a logo
 * @returns a fault at `logo`; `stale` where they are not what the form showed (`settingsState`) and the save would change them: a field that somebody else
 *   filled meanwhile would fall silent
 */
export async function saveSettings(
  instance: Instance,
  scope: Owner,
  input: SettingsInput,
  now: Date,
  sent: Buffer | null = null,
): Promise<Result<null, Fault | ChangeRefusal>> {
  const written = sent === null ? null : await storeLogo(instance, scope, sent, now);
  if (written && !written.ok) return written;
  return await change(
    instance,
    scope,
    async (tx, { settings }) => {
      if (!written) return { name: input.name, settings: settingsOf(input, settings) };
      // Whoever sends the first logo wants it seen; from then on the box says it.
      const letterheadLogo = input.letterheadLogo || settings.logo === undefined;
      const logo = await replaceLogo(tx, settings, written.value, now);
      return { name: input.name, settings: settingsOf({ ...input, letterheadLogo }, { ...settings, logo }) };
    },
    now,
    (before) => input.shown !== settingsState(before),
  );
}

/** Gives the coalition a logo and changes nothing else. */
export async function setLogo(instance: Instance, scope: Owner, sent: Buffer, now: Date): Promise<Result<null, Fault | ChangeRefusal>> {
  const written = await storeLogo(instance, scope, sent, now);
  if (!written.ok) return written;
  return await change(
    instance,
    scope,
    async (tx, { name, settings }) => ({ name, settings: { ...settings, logo: await replaceLogo(tx, settings, written.value, now) } }),
    now,
  );
}

/** Writes a picture that nothing shows yet. @returns a fault at `logo` */
async function storeLogo(instance: Instance, scope: Owner, sent: Buffer, now: Date) {
  if (sent.length > PICTURE_LIMITS.bytes) return refusal({ place: 'logo', reason: 'too-many-bytes' });
  const picture = acceptPicture(sent);
  if (!picture.ok) return refusal({ place: 'logo', reason: picture.reason satisfies PictureFault });
  const { mediaType, bytes } = picture.value;
  const blob = { coalitionId: scope.coalitionId, letterId: null, kind: 'logo', mediaType, sealed: false } as const;
  const written = await writeBlob(instance, blob, pieces(bytes), PICTURE_LIMITS.bytes, now);
  return written.ok ? written : refusal({ place: 'logo', reason: 'too-many-bytes' });
}

async function replaceLogo(tx: Tx, { logo }: CoalitionSettings, written: Parameters<typeof activateBlob>[1], now: Date): Promise<string> {
  await activateBlob(tx, written, now);
  if (logo !== undefined) await dropLogo(tx, logo);
  return written.id;
}

/** A letter that was delivered with it keeps it. */
async function dropLogo(tx: Tx, logo: string): Promise<void> {
  if (!(await isLetterheadLogo(tx, logo))) await hideBlob(tx, logo);
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

export const removeLogo = (instance: Instance, scope: Owner, now: Date) =>
  change(
    instance,
    scope,
    async (tx, { name, settings: { logo, ...settings } }) => {
      if (logo !== undefined) await dropLogo(tx, logo);
      return { name, settings };
    },
    now,
  );
