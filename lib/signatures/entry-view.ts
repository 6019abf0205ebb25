import { z } from 'zod';
import { listAuditEntriesAt } from '../../db/queries/audit.ts';
import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import { findListRow, type ListedRow } from '../../db/queries/list.ts';
import { findSigning, listConsents } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import { auditRecordPlace } from '../audit/append.ts';
import type { Entry } from '../block/model.ts';
import { type For, mayDo } from '../coalitions/access.ts';
import { memberNames } from '../coalitions/member-names.ts';
import { unseal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { takesNames } from '../letters/status.ts';
import { isId } from '../shared/ids.ts';
import { type ListEntry, listEntry } from './list-view.ts';
import { printedEntry } from './mail.ts';
import { openPrintable } from './printable-record.ts';
import { waiting } from './proof.ts';
import type { ReviewAct } from './review.ts';
import { openReview } from './review-trail.ts';
import { seenMark } from './seen-mark.ts';
import { findSigner, type SigningPerson } from './signer.ts';
import { awaitsProof, signatureStatusAfter } from './status.ts';

/** One thing that happened to an entry. */
export interface HistoryStep {
  readonly at: Date;
  /** A type of the letter's log, or what the entry itself tells. */
  readonly what: string;
  /** The member who did it; null where its signatory did, or time itself. */
  readonly member: string | null;
  /** In the words of whoever did it; empty where none were given. */
  readonly reason: string;
}

export interface EntryView {
  readonly letter: LetterRow;
  readonly entry: ListEntry;
  /** As it will stand in the list. */
  readonly printed: Entry;
  /** Who acted; null for an entry of a batch. The address only for those who may read it. */
  readonly signer: (Omit<SigningPerson, 'email' | 'language'> & { readonly email: string | null }) | null;
  readonly vouched: { readonly member: string; readonly means: string; readonly on: string } | null;
  /** To which text they agreed, in what words; the newest version last. */
  readonly consents: readonly {
    readonly language: string;
    readonly fingerprint: string;
    readonly wording: string;
    readonly givenAt: Date;
  }[];
  /** The oldest step first. */
  readonly history: readonly HistoryStep[];
  /** The addressee, by name: into whose hands a name goes that is for the addressee's copy. */
  readonly reader: string;
  /** What whoever asks may do about it now. */
  readonly acts: readonly ReviewAct[];
  /** It came by a link from hand to hand and waits for somebody who vouches for it. */
  readonly mayVouch: boolean;
  /** All that was signed in the same act and waits with it, as it will stand in the list; nothing where nobody may vouch. */
  readonly vouchFor: { readonly entries: readonly Entry[]; readonly seen: string };
}

const REVIEW_ACTS = ['approve', 'hold', 'reject', 'put-back'] as const;

/** Everything about one entry. Null where there is none, and for whoever may not see the names at present. */
export async function viewEntry(instance: Instance, scope: For<LetterScope, 'read'>, id: string): Promise<EntryView | null> {
  const { store, keys } = instance;
  if (!isId('sig', id)) return null;
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  const row = letter && (await findListRow(store.read, letter.id, id));
  if (!letter || !row || row.signature.status === 'erased') return null;
  const runs = mayDo(scope.role, 'run');
  if (!namesMayShow(letter) && !runs) return null;
  const signer = await findSigner(instance, store.read, row.signing);
  const consents = await listConsents(store.read, [id]);
  const facts = await findLetterFacts(store.read, letter.id);
  const { vouchedBy, vouchedMeans, vouchedOn } = row.signing;
  const steps = await logSteps(instance, row);
  const memberIds = [vouchedBy, ...steps.map((step) => step.memberId)].filter((member) => member !== null);
  const members = await memberNames(instance, scope.coalitionId, memberIds);
  const status = row.signature.status;
  const mayVouch =
    runs && takesNames(letter.status) && status === 'pending' && awaitsProof(row.signing) && row.signing.invitationId !== null;
  const act = mayVouch ? waiting((await findSigning(store.read, letter.id, row.signing.id))?.signatures ?? []) : [];
  const handedOver = letter.status === 'delivered' && status === 'listed' && row.signature.addendum === null;
  const mayLook = runs && takesNames(letter.status) && !handedOver && !awaitsProof(row.signing);
  return {
    letter,
    entry: listEntry(keys, letter, row),
    printed: printedEntry(letter, openPrintable(keys, row.signature, policiesOf(letter.policies))),
    signer: signer && { name: signer.name, role: signer.role, email: mayDo(scope.role, 'read-addresses') ? signer.email : null },
    vouched: vouchedBy === null ? null : { member: members.get(vouchedBy) ?? '', means: vouchedMeans ?? '', on: vouchedOn ?? '' },
    consents: consents.map(({ language, fingerprint, wording, givenAt }) => ({ language, fingerprint, wording, givenAt })),
    history: [
      ...ownSteps(row),
      ...steps.map(({ memberId, ...step }) => ({ ...step, member: memberId && (members.get(memberId) ?? '') })),
    ].toSorted((one, two) => one.at.getTime() - two.at.getTime()),
    reader: facts?.reader ?? '',
    acts: mayLook ? REVIEW_ACTS.filter((act) => signatureStatusAfter(status, act) !== null) : [],
    mayVouch,
    vouchFor: {
      entries: act.map((one) => printedEntry(letter, openPrintable(keys, one, policiesOf(letter.policies)))),
      seen: seenMark(...act.map(({ sealed }) => sealed)),
    },
  };
}

/** What the rows themselves tell: the act, its confirmation, its end. */
function ownSteps({ signature, signing }: ListedRow): readonly HistoryStep[] {
  const { status, signedAt, endedAt, proposedAt } = signature;
  const began = signing.batchId !== null ? 'imported' : signing.origin === 'on-behalf' ? 'vouched' : 'signed';
  const step = (what: string, at: Date | null): readonly HistoryStep[] => (at === null ? [] : [{ at, what, member: null, reason: '' }]);
  return [
    ...step(began, signedAt),
    ...step('confirmed', signing.proof === 'confirmation' ? signing.confirmedAt : null),
    ...step('vouched-for', signing.proof === 'vouched' && signing.origin === 'online' ? signing.confirmedAt : null),
    ...step('proposed', status === 'listed' || status === 'held' ? proposedAt : null),
    ...step('withdrawn', status === 'withdrawn' ? endedAt : null),
  ];
}

/** What members did, out of the letter's log, by the places that the entry remembers. */
async function logSteps({ store, keys }: Instance, { signature }: ListedRow) {
  const { log } = openReview(keys, signature);
  const scope = { kind: 'letter', id: signature.letterId } as const;
  const entries = await listAuditEntriesAt(store.read, scope.id, log);
  return entries.map(({ entry, sealed }) => {
    const opened = sealed === null ? null : unseal(keys, auditRecordPlace(scope, entry.sequence), sealed);
    const record = saidRecord.safeParse(opened?.ok ? opened.value : null);
    const memberId = entry.actorKind === 'member' ? entry.actorId : null;
    return { at: entry.at, what: entry.type, memberId, reason: record.success ? record.data.reason : '' };
  });
}

const saidRecord = z.object({ reason: z.string().default('') });
