import { isDeepStrictEqual } from 'node:util';
import { findLastSetAside, findSaveOfRevision, insertDraftSave } from '../../db/queries/drafts.ts';
import type { LetterRow, LetterTextRow } from '../../db/queries/letters.ts';
import type { DraftPart, DraftSaveKind } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { contentOfSettingsRow, contentOfTextRow, type SettingsContent, type TextContent } from './save-content.ts';

type Scope = Pick<LetterScope, 'letterId' | 'memberId'>;

/** One save, to be kept. */
export interface Kept {
  readonly kind: DraftSaveKind;
  readonly part: DraftPart;
  readonly language: string | null;
  readonly revision: number;
  readonly content: TextContent | SettingsContent;
}

/** The letter must be held. @returns the number of the save */
export async function keepSave(tx: Tx, instance: Instance, scope: Scope, kept: Kept, now: Date): Promise<number> {
  return await insertDraftSave(tx, {
    id: newId('dsv', instance.random),
    letterId: scope.letterId,
    ...kept,
    savedBy: scope.memberId,
    savedAt: now,
  });
}

/** Keeps what could not be saved, once: who presses twice has typed it once. */
export async function setAside(tx: Tx, instance: Instance, scope: Scope, kept: Omit<Kept, 'kind'>, now: Date): Promise<void> {
  const last = await findLastSetAside(tx, scope.letterId, { ...kept, savedBy: scope.memberId });
  if (last && isDeepStrictEqual(last.content, kept.content)) return;
  await keepSave(tx, instance, scope, { ...kept, kind: 'set-aside' }, now);
}

/** What stood in a draft before its first save here was made elsewhere: kept under its own writer and time. */
export async function keepEarlier(tx: Tx, instance: Instance, row: LetterTextRow): Promise<void> {
  const { letterId, language, revision } = row;
  if (await findSaveOfRevision(tx, letterId, { part: 'text', language, revision })) return;
  const kept = {
    part: 'text',
    language,
    revision,
    content: contentOfTextRow(row),
    savedBy: row.updatedBy,
    savedAt: row.updatedAt,
  } as const;
  await insertDraftSave(tx, { id: newId('dsv', instance.random), letterId, kind: 'saved', ...kept });
}

export async function keepEarlierSettings(tx: Tx, instance: Instance, row: LetterRow): Promise<void> {
  const { id: letterId, settingsRevision: revision } = row;
  if (await findSaveOfRevision(tx, letterId, { part: 'settings', language: null, revision })) return;
  const kept = { part: 'settings', language: null, revision, content: contentOfSettingsRow(row) } as const;
  await insertDraftSave(tx, {
    id: newId('dsv', instance.random),
    letterId,
    kind: 'saved',
    ...kept,
    savedBy: row.createdBy,
    savedAt: row.createdAt,
  });
}

/** The first saves of a new draft. */
export async function keepFirst(
  tx: Tx,
  instance: Instance,
  scope: Scope,
  first: { readonly texts: readonly { readonly language: string; readonly content: TextContent }[]; readonly settings: SettingsContent },
  now: Date,
): Promise<void> {
  for (const { language, content } of first.texts) {
    await keepSave(tx, instance, scope, { kind: 'saved', part: 'text', language, revision: 1, content }, now);
  }
  await keepSave(tx, instance, scope, { kind: 'saved', part: 'settings', language: null, revision: 1, content: first.settings }, now);
}
