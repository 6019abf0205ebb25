import { type InvitationCursor, type InvitationRow, listInvitations, listPassedOn } from '../../db/queries/invitations.ts';
import { findLetter } from '../../db/queries/letters.ts';
import { listStopped } from '../../db/queries/mail-stops.ts';
import { listSignaturesOfInvitations, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Capacity, MailState } from '../../db/schema/values.ts';
import type { LetterScope } from '../access/scope.ts';
import { type For, mayDo } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { isFinal } from '../letters/status.ts';
import { printedEntry } from '../signatures/mail.ts';
import { openPrintable } from '../signatures/printable-record.ts';
import { seenMark } from '../signatures/seen-mark.ts';
import { openInvited, openRefusalReason } from './places.ts';
import { answerable, type DeskStatus, deskStatus, type LostMail, lostMail } from './status.ts';

export const INVITATIONS_A_PAGE = 50;

export interface InvitationItem {
  readonly id: string;
  readonly capacity: Capacity;
  /** The organisation, or the person. */
  readonly who: string;
  /** The person an organisation's mail goes to, where known. */
  readonly contact: string | null;
  /** Null for members who may not read addresses. */
  readonly email: string | null;
  /** Its link goes from hand to hand. */
  readonly byHand: boolean;
  readonly status: DeskStatus;
  /** Of a link that was sent again to somebody who had opened, or declined by, an earlier one; where `status` says so itself, null. */
  readonly lost: LostMail | null;
  readonly reason: string | null;
  /** ISO date by which they decide. */
  readonly until: string | null;
  /** To whom its holder passed it on, by name. */
  readonly passedOnTo: readonly string[];
  /** It came from another invitation's holder: passed on, or claimed by somebody whom that one did not mean. */
  readonly passedOn: 'colleague' | 'claimed' | null;
  /** What was signed and `status` speaks of. */
  readonly entries: readonly string[];
  /** Their address asked for no more mails of the letter. */
  readonly stopped: boolean;
  /** Its letter was withdrawn. */
  readonly letterWithdrawn: boolean;
  /** The entry that waits for somebody who vouches for it. */
  readonly vouchFor: string | null;
  /** They may be given another address. */
  readonly mayReaddress: boolean;
  /** The mail may be marked as one that never came, or that mark be taken away again. */
  readonly mayMark: 'bounced' | 'not-bounced' | null;
  /** A new link may be made to hand over. */
  readonly mayHandOver: boolean;
  /** They may answer although the letter is closed. */
  readonly late: boolean;
  /** They may be let answer late, or that be taken back. */
  readonly mayLetIn: 'late' | 'not-late' | null;
  readonly mayResend: boolean;
  readonly mayRevoke: boolean;
  readonly mayApprove: boolean;
  /** What of it waits for a look, as `seenMark` has it. */
  readonly seen: string;
}

export interface InvitationsPage {
  readonly items: readonly InvitationItem[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
  /** The names are hidden or withdrawn, and whoever asks does not run the letter: who was invited tells as much as who signed. */
  readonly hidden: boolean;
}

/** A page's end in an address: nobody needs to read it. */
export const cursorText = ({ createdAt, id }: InvitationCursor): string => `${createdAt.getTime()}.${id}`;

export function readCursor(text: string | undefined): InvitationCursor | null {
  // Fourteen digits end in the year 5138; one more would be a time that PostgreSQL cannot read.
  const [, time, id] = /^(\d{1,14})\.(inv_[\w-]{22})$/.exec(text ?? '') ?? [];
  return time && id ? { createdAt: new Date(Number(time)), id } : null;
}

/** One page of a letter's invitations, the newest first, each with its state and what can be done about it. */
export async function viewInvitations(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  scope: For<LetterScope, 'read'>,
  after: InvitationCursor | null,
): Promise<InvitationsPage> {
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  if (!letter || (!namesMayShow(letter) && !mayDo(scope.role, 'run'))) return { items: [], next: null, hidden: true };
  const page = { limit: INVITATIONS_A_PAGE + 1, ...(after ? { after } : {}) };
  const rows = await listInvitations(store.read, letter.id, page);
  const shown = rows.slice(0, INVITATIONS_A_PAGE);
  const signed = await listSignaturesOfInvitations(
    store.read,
    letter.id,
    shown.filter((row) => row.status === 'signed').map((row) => row.id),
  );
  const stops = await listStopped(
    store.read,
    letter.id,
    shown.map((row) => row.addressIndex),
  );
  const passedOn = Map.groupBy(
    await listPassedOn(
      store.read,
      letter.id,
      shown.map((row) => row.id),
    ),
    (row) => row.passedOnFrom ?? '',
  );
  const open = letter.status === 'open';
  const closed = letter.status === 'closed';
  const runs = mayDo(scope.role, 'run');
  const last = shown.at(-1);
  return {
    items: shown.map((row) => itemOf(row, signed.get(row.id) ?? [])),
    next: rows.length > shown.length && last ? cursorText(last) : null,
    hidden: false,
  };

  function inOneLine(signature: SignatureRow): string {
    return letter ? printedEntry(letter, openPrintable(keys, signature, policiesOf(letter.policies))).lines.join(', ') : '';
  }

  function itemOf(row: InvitationRow & { readonly mailState: MailState | null }, given: readonly SignatureRow[]): InvitationItem {
    // Of several entries the one that waits for somebody speaks for the answer.
    const signature =
      given.find(({ status }) => status === 'pending') ??
      given.find(({ status }) => status === 'held') ??
      given.find(({ status }) => status === 'listed') ??
      given[0] ??
      null;
    const invited = openInvited(keys, row);
    const stopped = row.addressIndex !== null && stops.has(row.addressIndex.toString('hex'));
    const status = deskStatus(row.status, row.mailState, signature, letter?.sample === true, row.channel);
    return {
      id: row.id,
      capacity: row.capacity,
      who: row.capacity === 'organisation' ? invited.organisation : invited.name,
      contact: row.capacity === 'organisation' && invited.name !== '' ? invited.name : null,
      email: mayDo(scope.role, 'read-addresses') ? invited.email || null : null,
      byHand: row.channel === 'by-hand',
      status,
      lost: answerable.includes(row.status) && status !== 'bounced' && status !== 'failed' ? lostMail(row.mailState) : null,
      reason: openRefusalReason(keys, row),
      until: row.consideringUntil,
      passedOnTo: (passedOn.get(row.id) ?? []).map((child) => openInvited(keys, child).name),
      passedOn: row.passedOnFrom === null ? null : invited.claimed ? 'claimed' : 'colleague',
      entries: given.filter((each) => each.status !== 'erased' && each.status === signature?.status).map(inOneLine),
      stopped,
      letterWithdrawn: letter?.status === 'withdrawn',
      // What came from hand to hand and nobody proved ends with its letter, by a chore: after the delivery the desk asks nobody to hurry.
      vouchFor: runs && status === 'unproved' && letter && !isFinal(letter.status) ? (signature?.id ?? null) : null,
      mayReaddress:
        runs && open && letter?.sample === false && (['prepared', 'sent', 'bounced', 'opened'] as const).some((one) => one === row.status),
      mayMark:
        !runs || row.channel !== 'mail'
          ? null
          : row.status === 'sent'
            ? 'bounced'
            : row.status === 'bounced' && row.mailState !== 'refused'
              ? 'not-bounced'
              : null,
      mayHandOver: runs && open && row.channel === 'by-hand' && letter?.sample === false && answerable.includes(row.status),
      late: closed && row.lateFrom !== null && row.status !== 'revoked' && row.status !== 'signed',
      mayLetIn:
        !runs || !closed || row.channel !== 'mail' || letter?.sample !== false || !answerable.includes(row.status)
          ? null
          : row.lateFrom === null
            ? 'late'
            : 'not-late',
      mayResend:
        runs &&
        open &&
        !stopped &&
        row.channel === 'mail' &&
        letter?.sample === false &&
        row.status !== 'signed' &&
        row.status !== 'revoked',
      mayRevoke: runs && (status === 'unproved' || row.status !== 'signed') && row.status !== 'revoked',
      mayApprove: runs && signature?.status === 'held' && letter?.status !== 'withdrawn',
      seen: seenMark(...given.filter((each) => each.status === 'held').map(({ sealed }) => sealed)),
    };
  }
}
