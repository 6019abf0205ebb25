import { findLetter } from '../../db/queries/letters.ts';
import { findSignature, findSigning } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import type { Entry } from '../block/model.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { letterBlock } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { correctable } from './correct.ts';
import { openWish } from './correction.ts';
import { corrected, type EntryFields, fieldsOf, recordOfFields } from './entry-fields.ts';
import { printedEntry } from './mail.ts';
import { findSigner, openRecord } from './places.ts';
import { seenMark } from './seen-mark.ts';

/** An entry as whoever runs the letter corrects it. */
export interface EntryCorrection {
  readonly fields: EntryFields;
  readonly entry: Entry;
  /** What its signatory asked for. */
  readonly wish: { readonly fields: EntryFields; readonly entry: Entry; readonly at: Date; readonly seen: string } | null;
  readonly printsCountry: boolean;
  readonly zone: string;
  readonly headingLanguage: string;
  /** The letter was handed over or withdrawn: nothing changes any more. */
  readonly final: boolean;
}

/** Null where there is no such entry, or where it has ended. */
export async function viewCorrection(
  instance: Pick<Instance, 'store' | 'keys'>,
  scope: For<LetterScope, 'run'>,
  signatureId: string,
): Promise<EntryCorrection | null> {
  const { store, keys } = instance;
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  const row = letter && (await findSignature(store.read, letter.id, signatureId));
  const given = row && (await findSigning(store.read, letter.id, row.signingId));
  if (!given || !correctable(row)) return null;
  const record = openRecord(keys, row);
  const policies = policiesOf(letter.policies);
  const wish = openWish(instance, row);
  return {
    fields: fieldsOf(record, findSigner(keys, given.signing) ?? { name: '', role: '' }),
    entry: printedEntry(letter, record),
    wish: wish && {
      fields: wish,
      entry: printedEntry(letter, corrected(record, recordOfFields(wish, policies))),
      at: row.proposedAt ?? row.signedAt,
      seen: seenMark(row.sealed, row.proposed ?? row.sealed),
    },
    printsCountry: letterBlock(letter).country,
    zone: letter.zone,
    headingLanguage: letter.authenticLanguage,
    final: letter.status !== 'open' && letter.status !== 'closed',
  };
}
