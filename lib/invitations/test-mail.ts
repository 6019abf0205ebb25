import type { LetterScope } from '../access/scope.ts';
import type { Person } from '../auth/person.ts';
import type { For } from '../coalitions/access.ts';
import type { Locale } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import { findLetterFacts, type InvitedParty, invitationMail } from './mail.ts';

/** The link of a test: a page that says that it was one, and nothing else. */
export const TEST_PATH = '/i/test';

/**
 * An invitation as it would leave, to the member who asks for it and to nobody else. It says that it is a test, and neither of its links
 * opens or stops anything.
 */
export async function sendTestMail(
  instance: Instance,
  { letterId, coalitionId }: For<LetterScope, 'run'>,
  to: Pick<Person, 'email' | 'name'>,
  party: Pick<InvitedParty, 'capacity' | 'organisation'> & { readonly language: Locale },
  now: Date,
): Promise<Result<{ readonly address: string }, 'not-found' | 'sample'>> {
  return await attempt<{ readonly address: string }, 'not-found' | 'sample'>(instance.store, async (tx, refuse) => {
    const facts = await findLetterFacts(tx, letterId);
    if (!facts) return refuse('not-found');
    if (facts.letter.sample) return refuse('sample');
    const url = `${instance.config.origin}${TEST_PATH}`;
    const invited = { ...party, email: to.email, name: to.name, acronym: '', message: '' };
    const { stop, ...mail } = invitationMail(facts, invited, { url, stopUrl: url }, { test: true });
    const shown = stop ? { ...mail, stop: { ...stop, withoutHeader: true } as const } : mail;
    await queueMail(tx, instance, 'test', shown, { coalitionId, letterId }, now);
    return { address: to.email };
  });
}
