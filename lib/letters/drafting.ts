import {
  findLetter,
  insertLetter,
  insertLetterText,
  type LetterRow,
  markLetterDeleted,
  moveLetter,
  restoreLetterRow,
  rewriteLetterText,
} from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { CoalitionScope, LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { AuditType } from '../audit/types.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import type { For } from '../coalitions/access.ts';
import { slugOf, slugWithEnding } from '../coalitions/slug.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue } from '../shared/canonical-json.ts';
import { isId, newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { presetSettings } from './presets.ts';
import type { LetterInput } from './schema.ts';
import { isDraft } from './status.ts';

/** A deleted draft can be brought back this long. */
export const UNDO_HOURS = 24;

/** Writes an entry into a letter's log, in the name of the member who acts. */
export async function logLetter(
  tx: Tx,
  instance: Instance,
  scope: Pick<LetterScope, 'letterId' | 'memberId'>,
  event: { readonly type: AuditType; readonly record: JsonValue; readonly fingerprint?: string },
  now: Date,
): Promise<void> {
  const actor = { kind: 'member', id: scope.memberId } as const;
  await appendAudit(tx, instance, { scope: { kind: 'letter', id: scope.letterId }, actor, ...event }, now);
}

/** What a letter's settings say, over what its preset says. */
export function blockOf({ preset, block }: Pick<LetterInput, 'preset' | 'block'>): GivenBlockSettings {
  const base = presetSettings[preset].block;
  const section = (name: 'organisations' | 'personal') => ({ ...base[name], ...chosen(block[name] ?? {}) });
  return { ...base, ...chosen({ ...block }), organisations: section('organisations'), personal: section('personal') };
}

const chosen = <Given extends object>(given: Given): Partial<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Given>;

const textOf = (input: LetterInput, memberId: string, now: Date) => ({
  language: input.language,
  headline: input.headline,
  subtitle: input.subtitle,
  addressees: input.addressees,
  cc: input.cc,
  reference: input.reference,
  salutation: input.salutation,
  body: input.body,
  closing: input.closing,
  disclaimer: input.disclaimer,
  updatedAt: now,
  updatedBy: memberId,
});

const settingsOf = (input: LetterInput) => ({
  kind: input.kind,
  preset: input.preset,
  release: 'invited-only' as const,
  authenticLanguage: input.language,
  date: input.date,
  place: input.place,
  zone: input.zone,
  deadlineAt: input.deadlineAt,
  block: blockOf(input),
  policies: presetSettings[input.preset].policies,
});

/** Starts a draft, with its text, in the transaction of the caller. */
export async function addDraft(
  tx: Tx,
  instance: Instance,
  scope: CoalitionScope,
  letter: { readonly input: LetterInput; readonly sample: boolean },
  now: Date,
): Promise<LetterScope['letterId']> {
  const { input, sample } = letter;
  const id = newId('let', instance.random);
  // With an ending always: slugs are public, and a bare one would tell that another coalition has a letter of that name.
  const slug = slugWithEnding(slugOf(input.headline, 'letter'), instance.random);
  await insertLetter(tx, {
    id,
    coalitionId: scope.coalitionId,
    slug,
    status: 'draft',
    sample,
    createdBy: scope.memberId,
    createdAt: now,
    updatedAt: now,
    ...settingsOf(input),
  });
  await insertLetterText(tx, { letterId: id, ...textOf(input, scope.memberId, now) });
  const record = { headline: input.headline, preset: input.preset, sample };
  await logLetter(tx, instance, { letterId: id, memberId: scope.memberId }, { type: 'letter-created', record }, now);
  return id;
}

export async function createLetter(
  instance: Instance,
  scope: For<CoalitionScope, 'draft'>,
  input: LetterInput,
  now: Date,
): Promise<{ readonly letterId: string }> {
  return await instance.store.inTransaction(async (tx) => ({
    letterId: await addDraft(tx, instance, scope, { input, sample: false }, now),
  }));
}

/** `stale`: somebody saved in the meantime. `not-a-draft`: its text is frozen. `language-taken`: it has a text in that language. */
export type SaveRefusal = 'stale' | 'not-a-draft' | 'not-found' | 'language-taken';

/**
 * Saves a draft over the revision that its form showed.
 * @returns the new revision
 */
export async function saveDraft(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  { input, revision }: { readonly input: LetterInput; readonly revision: number },
  now: Date,
): Promise<Result<{ readonly revision: number }, SaveRefusal>> {
  return await instance.store
    .inTransaction(async (tx) => {
      const before = await findLetter(tx, scope.coalitionId, scope.letterId);
      const hindrance = before ? hindranceToSaving(before, revision) : 'not-found';
      if (!before || hindrance) return refusal(hindrance ?? 'not-found');
      const change = { ...settingsOf(input), revision: revision + 1, updatedAt: now };
      const saved = await moveLetter(tx, scope.letterId, { from: ['draft', 'consultation'], revision }, change);
      if (!saved) return refusal('stale');
      const text = textOf(input, scope.memberId, now);
      if (!(await rewriteLetterText(tx, scope.letterId, before.authenticLanguage, text))) throw new LanguageTaken();
      await logLetter(tx, instance, scope, { type: 'letter-saved', record: { revision: saved.revision, headline: input.headline } }, now);
      return success({ revision: saved.revision });
    })
    .catch((error: unknown) => {
      if (error instanceof LanguageTaken) return refusal('language-taken');
      throw error;
    });
}

/** Takes the transaction back: a refusal returned from inside it would commit the settings without the text. */
class LanguageTaken extends Error {}

function hindranceToSaving(letter: LetterRow, revision: number): SaveRefusal | null {
  if (!isDraft(letter.status)) return 'not-a-draft';
  return letter.revision === revision ? null : 'stale';
}

/** Deletes a draft; `restoreLetter` brings it back for a day. A frozen letter is never deleted. */
export async function deleteLetter(
  instance: Instance,
  scope: For<LetterScope, 'delete'>,
  now: Date,
): Promise<Result<{ readonly headline: string }, 'not-a-draft'>> {
  return await instance.store.inTransaction(async (tx) => {
    const deleted = await markLetterDeleted(tx, scope.letterId, now);
    if (!deleted) return refusal('not-a-draft');
    await logLetter(tx, instance, scope, { type: 'letter-deleted', record: { revision: deleted.revision } }, now);
    return success({ headline: deleted.slug });
  });
}

export async function restoreLetter(
  instance: Instance,
  scope: For<CoalitionScope, 'delete'>,
  letterId: string,
  now: Date,
): Promise<Result<null, 'not-found'>> {
  if (!isId('let', letterId)) return refusal('not-found');
  return await instance.store.inTransaction(async (tx) => {
    const back = await restoreLetterRow(tx, scope.coalitionId, letterId, new Date(now.getTime() - UNDO_HOURS * 3_600_000));
    if (!back) return refusal('not-found');
    await logLetter(
      tx,
      instance,
      { letterId, memberId: scope.memberId },
      { type: 'letter-restored', record: { revision: back.revision } },
      now,
    );
    return success(null);
  });
}
