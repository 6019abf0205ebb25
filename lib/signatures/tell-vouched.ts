import { z } from 'zod';
import { hasOwnLink } from '../../db/queries/links.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { findSigning, holdLetter } from '../../db/queries/signatures.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import type { JobHandler } from '../jobs/handler.ts';
import { policiesOf } from '../letters/presets.ts';
import { addStopLink } from '../mailings/stops.ts';
import { queueMail } from '../outbox/queue.ts';
import { addOwnLink } from './own-link-of.ts';
import { openPrintable } from './printable-record.ts';
import { findSigner } from './signer.ts';
import { mayBeTold } from './signing-state.ts';
import { vouchedMail } from './vouched-mail.ts';

const payload = z.strictObject({ coalitionId: z.string(), letterId: z.string(), signings: z.array(z.string()) });
type Payload = z.output<typeof payload>;

/**
 * Tells those whom a member vouched for, by a mail each with the way to their own page. A transaction each: a second run finds those
 * told that have their link.
 */
export const tellVouched: JobHandler<Payload> = {
  kind: 'tell-vouched',
  payload,
  async run(instance, { coalitionId, letterId, signings }, now) {
    for (const signingId of signings) await tellOne(instance, { coalitionId, letterId, signingId }, now);
  },
};

type Told = Pick<Payload, 'coalitionId' | 'letterId'> & { readonly signingId: string };

/** Nothing for a letter whose mails say nothing, for a sample, and for whoever withdrew, was told, or wants no more mails of the letter. */
async function tellOne(instance: Instance, { coalitionId, letterId, signingId }: Told, now: Date): Promise<void> {
  await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId)) || (await hasOwnLink(tx, signingId))) return;
    const facts = await findLetterFacts(tx, letterId);
    const given = await findSigning(tx, letterId, signingId);
    const [row] = given?.signatures ?? [];
    const signer = given && (await findSigner(instance, tx, given.signing));
    if (!facts || facts.headline === null || facts.letter.sample || !given || !row || !signer || signer.email === '') return;
    if (!mayBeTold(given)) return;
    // They asked for nothing here: somebody else recorded it.
    if (await isStopped(tx, letterId, given.signing.addressIndex)) return;
    const { email: to, name, language } = signer;
    const mail = vouchedMail(facts, {
      to,
      name,
      language,
      record: openPrintable(instance.keys, row, policiesOf(facts.letter.policies)),
      publication: row.publication,
      means: given.signing.vouchedMeans ?? '',
      url: `${instance.config.origin}/own/${await addOwnLink(tx, instance, { coalitionId, signingId }, now)}`,
      stopUrl: await addStopLink(tx, instance, { coalitionId, signingId }, now),
    });
    await queueMail(tx, instance, 'vouched', mail, { coalitionId, letterId, signingId }, now);
  });
}
