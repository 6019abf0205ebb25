import { and, eq, isNull, ne } from 'drizzle-orm';
import { type Given, insertNewRow, insertRow, prepared } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';
import type { InvitationRow } from './invitations.ts';

export type InvitationLinkRow = Reader['tables']['links']['$inferSelect'];

/** How a link to an invitation reaches its holder: in a mail to their address, or through a coordinator's hands. */
export type InvitationLinkKind = 'invitation' | 'hand-delivered';

/** Adds a link to an invitation; the ones it has stay live, since mails are found again long after. */
export async function insertInvitationLink(
  tx: Tx,
  link: Pick<Tx['tables']['links']['$inferInsert'], 'id' | 'tokenHash' | 'createdAt'> & {
    readonly kind: InvitationLinkKind;
    readonly coalitionId: string;
    readonly invitationId: string;
  },
): Promise<void> {
  await insertRow(tx, 'links', link);
}

interface SoughtLink {
  readonly kind: InvitationLinkRow['kind'];
  readonly tokenHash: Buffer;
}

const linkAndInvitation = prepared((db: Reader, given: Given<SoughtLink>) => {
  const { links, invitations } = db.tables;
  return db
    .select({ link: links, invitation: invitations })
    .from(links)
    .innerJoin(invitations, eq(invitations.id, links.invitationId))
    .where(and(eq(links.tokenHash, given('tokenHash', links.tokenHash)), eq(links.kind, given('kind', links.kind))))
    .limit(1);
});

const invitationByLink = prepared((db: Reader, given: Given<SoughtLink>) => {
  const { links, invitations } = db.tables;
  const { id, coalitionId, letterId, status } = invitations;
  return db
    .select({ id, coalitionId, letterId, status, linkRevokedAt: links.revokedAt })
    .from(links)
    .innerJoin(invitations, eq(invitations.id, links.invitationId))
    .where(and(eq(links.tokenHash, given('tokenHash', links.tokenHash)), eq(links.kind, given('kind', links.kind))))
    .limit(1);
});

const linkAndSigning = prepared((db: Reader, given: Given<SoughtLink>) => {
  const { links, signings } = db.tables;
  const { id, coalitionId, revokedAt, sealed, createdAt } = links;
  return db
    .select({
      link: { id, coalitionId, revokedAt, sealed, createdAt },
      signing: { id: signings.id, letterId: signings.letterId, confirmedAt: signings.confirmedAt },
    })
    .from(links)
    .innerJoin(signings, eq(signings.id, links.signingId))
    .where(and(eq(links.tokenHash, given('tokenHash', links.tokenHash)), eq(links.kind, given('kind', links.kind))))
    .limit(1);
});

/** The link of that kind and hash in whatever state, and its invitation; null where there never was one. */
export async function findInvitationLink(
  db: Reader,
  kind: InvitationLinkKind,
  tokenHash: Buffer,
): Promise<{ readonly link: InvitationLinkRow; readonly invitation: InvitationRow } | null> {
  const [row] = await linkAndInvitation(db, { kind, tokenHash });
  return row ?? null;
}

/** The invitation a link opens, and whether link or invitation was taken back: read at every step of its holder, so no more than that. */
export async function findInvitationByLink(db: Reader, kind: InvitationLinkKind, tokenHash: Buffer) {
  const [row] = await invitationByLink(db, { kind, tokenHash });
  return row ?? null;
}

export async function revokeInvitationLinks(tx: Tx, invitationId: string, now: Date): Promise<void> {
  const { links } = tx.tables;
  await tx
    .update(links)
    .set({ revokedAt: now })
    .where(and(eq(links.invitationId, invitationId), isNull(links.revokedAt)));
}

/** The links by which whoever got an invitation's mails stops them: they must not stop those to another address. */
export async function deleteStopLinks(tx: Tx, invitationId: string): Promise<void> {
  const { links } = tx.tables;
  await tx.delete(links).where(and(eq(links.invitationId, invitationId), eq(links.kind, 'mail-stop')));
}

type NewSigningLink = Pick<Tx['tables']['links']['$inferInsert'], 'id' | 'tokenHash' | 'createdAt' | 'sealed'> & {
  readonly kind: 'confirmation' | 'own-page';
  readonly coalitionId: string;
  readonly signingId: string;
};

/** A link to one signing: the confirmation of its address, or its own page afterwards. */
export async function insertSigningLink(tx: Tx, link: NewSigningLink): Promise<void> {
  await insertRow(tx, 'links', link);
}

/** The same, unless there is one of that token already. */
export async function ensureSigningLink(tx: Tx, link: NewSigningLink): Promise<void> {
  await tx.sending(insertNewRow(tx, 'links', link));
}

/** Ends what mails asked to confirm of a signing, but for one link, and deletes the addresses that stood with them. */
export async function revokeConfirmations(tx: Tx, signingId: string, except: string | null, now: Date): Promise<void> {
  const { links } = tx.tables;
  await tx
    .update(links)
    .set({ revokedAt: now, sealed: null })
    .where(
      and(
        eq(links.signingId, signingId),
        eq(links.kind, 'confirmation'),
        isNull(links.revokedAt),
        except === null ? undefined : ne(links.id, except),
      ),
    );
}

/** The links that still ask to confirm a signing. */
export async function listConfirmations(db: Reader, signingId: string) {
  const { links } = db.tables;
  return await db
    .select()
    .from(links)
    .where(and(eq(links.signingId, signingId), eq(links.kind, 'confirmation'), isNull(links.revokedAt)));
}

/** Ends one link, and deletes what stood with it. */
export async function revokeLink(tx: Tx, id: string, now: Date): Promise<void> {
  const { links } = tx.tables;
  await tx
    .update(links)
    .set({ revokedAt: now, sealed: null })
    .where(and(eq(links.id, id), isNull(links.revokedAt)));
}

/** Deletes a link that nobody was given. */
export async function deleteLink(tx: Tx, id: string): Promise<void> {
  await tx.delete(tx.tables.links).where(eq(tx.tables.links.id, id));
}

/** A link by which whoever has an invitation, or has signed, gets no more mails. */
export async function insertStopLink(
  tx: Tx,
  link: Pick<Tx['tables']['links']['$inferInsert'], 'id' | 'tokenHash' | 'createdAt' | 'invitationId' | 'signingId' | 'sealed'> & {
    readonly coalitionId: string;
  },
): Promise<void> {
  await insertRow(tx, 'links', { ...link, kind: 'mail-stop' });
}

/**
 * Whose mails a link stops; works for as long as there is something to stop, whatever else was revoked. `sealed` holds another address than
 * the owner's; `addressIndex` is the owner's.
 */
export async function findStopLink(db: Reader, tokenHash: Buffer) {
  const { links, invitations, signings } = db.tables;
  const [row] = await db
    .select({
      link: { id: links.id, sealed: links.sealed },
      invitation: { id: invitations.id, letterId: invitations.letterId, addressIndex: invitations.addressIndex },
      signing: { id: signings.id, letterId: signings.letterId, addressIndex: signings.addressIndex },
    })
    .from(links)
    .leftJoin(invitations, eq(invitations.id, links.invitationId))
    .leftJoin(signings, eq(signings.id, links.signingId))
    .where(and(eq(links.tokenHash, tokenHash), eq(links.kind, 'mail-stop')))
    .limit(1);
  const owner = row?.invitation ?? row?.signing;
  return row && owner ? { ...row.link, letterId: owner.letterId, addressIndex: owner.addressIndex, ownerId: owner.id } : null;
}

/** The link of that hash and kind in whatever state, and which signing it is of; null where there never was one. */
export async function findSigningLink(db: Reader, kind: 'confirmation' | 'own-page', tokenHash: Buffer) {
  const [row] = await linkAndSigning(db, { kind, tokenHash });
  return row ?? null;
}

/** Whether a signing has a link to its own page, live or not. */
export async function hasOwnLink(db: Reader, signingId: string): Promise<boolean> {
  const { links } = db.tables;
  const rows = await db
    .select({ id: links.id })
    .from(links)
    .where(and(eq(links.signingId, signingId), eq(links.kind, 'own-page')))
    .limit(1);
  return rows.length > 0;
}
