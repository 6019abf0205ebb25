import { insertSigningLink } from '../../db/queries/links.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { issueToken, tokenHash } from '../crypto/tokens.ts';
import type { Locale } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { policiesOf } from '../letters/presets.ts';
import { queueMail } from '../outbox/queue.ts';
import { storedRates } from '../rates/stored-rates.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { admit } from './capacity.ts';
import { confirmationMail } from './confirmation-mail.ts';
import { confirmationEnds } from './confirmation-term.ts';
import { holdForSigning } from './held-letter.ts';
import { takeMailTurn } from './mail-turn.ts';
import { openLinkState, readOpenLink } from './open-links.ts';
import type { OpenSignInput } from './schema.ts';
import { seenVersion, takePlaces } from './sign.ts';
import { writeSigning } from './write-signing.ts';

/** The address has had its mails of the day. */
const NO_TURN = Symbol('no turn');

/** Why nothing was taken; none of these depends on the address. */
export type OpenSignRefusal = 'no-such-link' | 'link-ended' | 'link-full' | 'letter-not-open' | 'deadline-passed' | 'stale' | Fault;

/** Looks at an answer before it is sent, so that a refusal comes before the last step and not after it. Changes nothing. */
export async function checkOpenSigning(
  instance: Instance,
  slug: string,
  input: OpenSignInput,
  now: Date,
): Promise<Result<null, OpenSignRefusal>> {
  const found = await readOpenLink(instance, slug);
  if (!found) return refusal('no-such-link');
  const state = openLinkState(found.link, now);
  if (state !== 'open') return refusal(state === 'full' ? 'link-full' : 'link-ended');
  const version = await seenVersion(instance.store.read, found.letter, input, now);
  return version.ok ? success(null) : version;
}

/**
 * Takes an answer from somebody who came by an address that was handed around, and mails its confirmation. Nothing of it counts, shows
 * or takes a place before the button behind that mail is pressed.
 *
 * Whoever types an address learns nothing of it: one that has signed already is treated by the same statements and answered by the same
 * bytes; that it has signed is told behind the mail. One that has had its mails of the day is answered alike, by the same statements, which
 * are then taken back: the page names that limit to everybody. Of acts that wait for the same address the oldest gives way, by a chore
 * (`unconfirmed.ts`) and not here: how many wait would show in the time that an answer takes.
 * @param locale of the page that was filled in: the mail speaks it
 */
export async function signByOpenLink(
  instance: Instance,
  slug: string,
  input: OpenSignInput,
  locale: Locale,
  now: Date,
): Promise<Result<null, OpenSignRefusal>> {
  const found = await readOpenLink(instance, slug);
  if (!found) return refusal('no-such-link');
  const { link, letter } = found;
  const state = openLinkState(link, now);
  if (state !== 'open') return refusal(state === 'full' ? 'link-full' : 'link-ended');
  const { keys, random } = instance;
  const { id: letterId, coalitionId } = letter;
  const seen = await seenVersion(instance.store.read, letter, input, now);
  if (!seen.ok) return seen;
  const turn = await takeMailTurn(storedRates(instance), input.email.canonical, now);
  const addressIndex = blindIndex(keys, 'address', letterId, input.email.canonical);
  const done = await attempt<null, OpenSignRefusal | typeof NO_TURN>(instance.store, async (tx, refuse) => {
    const held = await holdForSigning(tx, letterId);
    if (!held) return refuse('letter-not-open');
    const { facts } = held;
    const places = await takePlaces(tx, held, input, now);
    if (!places.ok) return refuse(places.reason);
    const policies = policiesOf(facts.letter.policies);
    const written = await writeSigning(
      tx,
      instance,
      held,
      {
        ...places.value,
        letterId,
        coalitionId,
        language: input.language,
        fingerprint: input.fingerprint,
        origin: 'online',
        proof: 'confirmation',
        invitationId: null,
        openLinkId: link.id,
        person: { email: input.email.asTyped, name: input.name, locale },
        addressIndex,
        confirmedAt: null,
        publication: input.publication,
        reader: facts.reader,
        policies,
        entries: input.entries.map((entry) => ({ input: entry, admission: admit(entry, { kind: 'open-link' }, policies) })),
      },
      now,
    );
    if (!written) throw new Error('an unconfirmed signing took somebody else’s place');
    await held.store(tx);
    const token = issueToken('confirmation', random);
    const hash = tokenHash(keys, 'confirmation', token);
    const { signingId } = written;
    await insertSigningLink(tx, {
      id: newId('lnk', random),
      kind: 'confirmation',
      tokenHash: hash,
      coalitionId,
      signingId,
      createdAt: now,
    });
    const url = `${instance.config.origin}/confirm/${token}`;
    const ends = confirmationEnds(facts.letter, now);
    const mail = confirmationMail(facts, { to: input.email.asTyped, name: input.name, entries: input.entries, locale, url, ends });
    await queueMail(tx, instance, 'confirmation', mail, { coalitionId, letterId, signingId }, now, turn ?? now);
    return turn === null ? refuse(NO_TURN) : null;
  });
  if (done.ok) return done;
  return done.reason === NO_TURN ? success(null) : refusal(done.reason);
}
