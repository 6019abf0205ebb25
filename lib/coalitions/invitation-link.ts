import { z } from 'zod';
import { insertFoundingLink } from '../../db/queries/coalitions.ts';
import { roles } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { Keys } from '../crypto/keys.ts';
import { seal, unseal } from '../crypto/seal.ts';
import { issueToken, type Token, tokenHash } from '../crypto/tokens.ts';
import { LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';

/** A link to become a member opens this long, once. */
export const MEMBER_INVITATION_HOURS = 72;

/** What an invitation to become a member offers, and to whom. */
const SEALED = z.object({
  email: z.string(),
  role: z.enum(roles),
  organisation: z.string().default(''),
  language: z.enum(LOCALES).default('en'),
  /** The member who offered it; none where the command line did. */
  by: z.string().exactOptional(),
});
export type MemberInvitation = z.output<typeof SEALED>;

const linkPlace = (id: string, coalitionId: string) => ({ table: 'links', id, scope: coalitionId });

export const invitationEnd = (now: Date): Date => new Date(now.getTime() + MEMBER_INVITATION_HOURS * 3_600_000);

/** The address of a live link: for the mail to its owner, or the terminal, alone. */
export const linkOf = ({ config }: Pick<Instance, 'config'>, token: Token<'member-invitation'>): string => `${config.origin}/join/${token}`;

export async function addInvitation(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  coalitionId: string,
  offer: z.input<typeof SEALED>,
  now: Date,
): Promise<{ readonly id: string; readonly token: Token<'member-invitation'> }> {
  const id = newId('lnk', random);
  const token = issueToken('member-invitation', random);
  await insertFoundingLink(tx, {
    id,
    kind: 'member-invitation',
    tokenHash: tokenHash(keys, 'member-invitation', token),
    coalitionId,
    sealed: seal(keys, linkPlace(id, coalitionId), { ...offer }),
    createdAt: now,
    expiresAt: invitationEnd(now),
  });
  return { id, token };
}

export function openInvitationLink(
  keys: Keys,
  { id, coalitionId, sealed }: { readonly id: string; readonly coalitionId: string; readonly sealed: Buffer | null },
): MemberInvitation {
  if (!sealed) throw new Error(`member invitation ${id} is empty`);
  const opened = unseal(keys, linkPlace(id, coalitionId), sealed);
  if (!opened.ok) throw new Error(`member invitation ${id} cannot be opened: ${opened.reason}`);
  return SEALED.parse(opened.value);
}
