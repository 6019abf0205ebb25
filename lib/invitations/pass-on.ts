import { z } from 'zod';
import { countPassedOn, findInvitation, insertInvitation, listPassedOn, moveInvitation } from '../../db/queries/invitations.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { findSigningOfInvitation, holdLetter } from '../../db/queries/signatures.ts';
import type { InvitationScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { addStopLink } from '../mailings/stops.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal } from '../shared/result.ts';
import { emailField, FIELD_LIMITS, requiredLine } from '../signatures/fields.ts';
import { isOwnersAlone } from '../signatures/status.ts';
import { addInvitationLink, findLetterFacts, linkOf } from './mail.ts';
import { passedOnMail } from './passed-on-mail.ts';
import { invitationPlace, openInvited } from './places.ts';
import type { StoredInvitation } from './schema.ts';
import { unopened } from './status.ts';

/** By whom the answer is to be given instead: a colleague who decides, or whoever holds the link and is not the one it was sent to. */
export const passOnForm = z.object({
  invitation: z.string().max(60),
  whom: z.enum(['colleague', 'self']),
  name: requiredLine(FIELD_LIMITS.name),
  email: emailField,
});
type PassOnInput = z.output<typeof passOnForm>;

type PassOnRefusal = 'other-invitation' | 'revoked' | 'answering-ended' | 'already-answered' | 'too-many' | 'sample' | Fault;

/** Mails that the holder of one invitation causes in a day. */
const MOST_A_DAY = 3;
/** Of all of a letter together: whoever gets one may pass it on again, and one link could write to the whole world. */
const MOST_OF_A_LETTER = 400;
const DAY_MS = 86_400_000;

/**
 * Somebody else of the same organisation gets a link of their own: a colleague, who answers in this one's stead, or takes over what was
 * signed once they sign; or whoever holds the link without being the one it was sent to, who proves their own address by it and whose
 * answer is looked at. The first link works on.
 */
export async function passOn(
  instance: Instance,
  scope: InvitationScope,
  input: PassOnInput,
  now: Date,
): Promise<Result<null, PassOnRefusal>> {
  const { letterId, invitationId } = scope;
  const { keys } = instance;
  if (input.invitation !== invitationId) return refusal('other-invitation');
  return await attempt<null, PassOnRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const facts = await findLetterFacts(tx, letterId);
    const before = await findInvitation(tx, letterId, invitationId);
    if (!before || before.status === 'revoked') return refuse('revoked');
    if (!facts || !takesSignatures(facts.letter.status)) return refuse('answering-ended');
    if (facts.letter.deadlineAt !== null && facts.letter.deadlineAt <= now) return refuse('answering-ended');
    if (facts.letter.sample) return refuse('sample');
    if (input.whom === 'self' && before.status === 'signed') return refuse('already-answered');
    const given = scope.byHand && before.status === 'signed' ? await findSigningOfInvitation(tx, letterId, invitationId) : null;
    if (given && isOwnersAlone(given.signing)) return refuse('already-answered');
    // A person's invitation is theirs alone.
    if (input.whom === 'colleague' && before.capacity === 'personal') return refuse({ place: 'whom', reason: 'not-offered' });
    const addressIndex = blindIndex(keys, 'address', letterId, input.email.canonical);
    if (before.addressIndex?.equals(addressIndex)) return refuse({ place: 'email', reason: 'same-address' });
    const lately = (await listPassedOn(tx, letterId, [invitationId])).filter(
      ({ createdAt }) => now.getTime() - createdAt.getTime() < DAY_MS,
    );
    if (lately.length >= MOST_A_DAY) return refuse('too-many');
    if ((await countPassedOn(tx, letterId, new Date(now.getTime() - DAY_MS))) >= MOST_OF_A_LETTER) return refuse('too-many');
    const invited = openInvited(keys, before);
    const theirs: StoredInvitation = {
      ...invited,
      email: input.email.asTyped,
      name: input.name,
      message: '',
      ...(input.whom === 'self' ? { claimed: true } : {}),
    };
    const id = newId('inv', instance.random);
    await insertInvitation(tx, {
      id,
      coalitionId: scope.coalitionId,
      letterId,
      capacity: before.capacity,
      status: 'prepared',
      organisationId: before.organisationId,
      sealed: seal(keys, invitationPlace(letterId, id), theirs),
      addressIndex,
      createdBy: before.createdBy,
      createdAt: now,
      passedOnFrom: invitationId,
    });
    await moveInvitation(tx, invitationId, unopened, { status: 'opened', openedAt: now });
    const actor = { kind: 'signatory', id: invitationId } as const;
    const record = { invitation: id, passedOnFrom: invitationId, whom: input.whom, email: theirs.email, name: theirs.name };
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'invitation-sent', actor, record }, now);
    // Whoever wants no mails gets none; whoever asks sees the same as ever.
    if (await isStopped(tx, letterId, addressIndex)) return null;
    const token = await addInvitationLink(tx, instance, { coalitionId: scope.coalitionId, invitationId: id }, now);
    const stopUrl = await addStopLink(tx, instance, { coalitionId: scope.coalitionId, invitationId: id }, now);
    const mail = passedOnMail(facts, theirs, { whom: input.whom, from: invited.name, url: linkOf(instance, token), stopUrl });
    await queueMail(tx, instance, 'invitation', mail, { coalitionId: scope.coalitionId, letterId, invitationId: id }, now);
    return null;
  });
}
