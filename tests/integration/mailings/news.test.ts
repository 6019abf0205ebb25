import { expect, it } from 'vitest';
import type { Instance } from '../../../lib/instance.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { runMailing } from '../../../lib/mailings/run.ts';
import { resumeMails, stopMails, viewStop } from '../../../lib/mailings/stops.ts';
import { openConfirmation, openOwnSigning } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
import { openSignForm } from '../../../lib/signatures/schema.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../../lib/signatures/sign-by-open-link.ts';
import { answer, asPerson, hoursLater, invite, NOW, type OpenLetter, openTestLetter, takeBack } from '../../support/invited.ts';
import { keepMails, linkIn, mailsIn, runMailings } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

async function signs(letter: OpenLetter, person: string, email: string) {
  const invited = await invite(letter, { person }, email);
  const signed = await signByInvitation(letter.instance, invited.scope, answer(letter, invited, asPerson(person)), NOW);
  expect(signed.ok).toBe(true);
  return invited;
}

/** Somebody signs by an open link, and confirms it. */
async function signsOpenly(letter: OpenLetter, slug: string, name: string, email: string): Promise<void> {
  const { instance, fingerprint } = letter;
  const fields = { fingerprint, language: 'en', step: 'sign', publication: 'public', email, signer: 'personal', name, affiliation: '' };
  await signByOpenLink(instance, slug, openSignForm.parse(fields), 'fa', NOW);
  const mail = (await mailsIn(instance, 'confirmation')).find(({ message }) => message.to === email);
  const scope = await openConfirmation(instance, mail ? linkIn(mail, 'confirm') : '');
  if (!scope.ok) throw new Error(scope.reason);
  expect((await confirmSigning(instance, scope.value, NOW)).ok).toBe(true);
}

async function openLink({ instance, letter }: OpenLetter): Promise<string> {
  const made = await makeOpenLink(instance, letter, { label: '', cap: null, lastDay: '' }, NOW);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  return made.value.slug;
}

async function delivered({ instance, letter }: OpenLetter): Promise<void> {
  await closeLetter(instance, letter, hoursLater(1));
  expect((await deliverLetter(instance, letter, hoursLater(2))).ok).toBe(true);
}

const told = async (instance: Instance, kind: 'delivery' | 'withdrawal') =>
  (await mailsIn(instance, kind)).map(({ message }) => message.to).sort();

describeEachStore('news to whoever signed', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store), { preset: 'open-letter' });

  it('goes to everybody in the list at the delivery, in their language, with a link to their own page', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await signs(letter, 'Ilse Okoye', 'ilse@forum.example');
    const gone = await signs(letter, 'Petra Lindqvist', 'gone@heron.example');
    await takeBack(instance, gone, NOW);
    await invite(letter, { organisation: 'Reed Guild' }, 'silent@guild.example');
    await signsOpenly(letter, await openLink(letter), 'Tomas Ardelean', 'tomas@home.example');
    await delivered(letter);
    await runMailings(instance, hoursLater(2));
    expect(await told(instance, 'delivery')).toEqual(['ilse@forum.example', 'tomas@home.example']);
    const mails = await mailsIn(instance, 'delivery');
    const toForum = mails.find(({ message }) => message.to === 'ilse@forum.example');
    expect(toForum?.message.subject).not.toContain('river');
    expect(await openInvitation(instance, toForum ? linkIn(toForum, 'i') : '')).toMatchObject({
      value: { invitationId: forum.invitationId },
    });
    const toTomas = mails.find(({ message }) => message.to === 'tomas@home.example');
    expect(toTomas?.message).toMatchObject({ language: 'fa', direction: 'rtl' });
    expect((await openOwnSigning(instance, toTomas ? linkIn(toTomas, 'own') : '')).ok).toBe(true);
  });

  it('of a delivery does not leave to whoever took back their name while it waited', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter, 'Ilse Okoye', 'ilse@forum.example');
    const gone = await signs(letter, 'Petra Lindqvist', 'gone@heron.example');
    await delivered(letter);
    await runMailings(instance, hoursLater(2));
    expect(await told(instance, 'delivery')).toEqual(['gone@heron.example', 'ilse@forum.example']);
    expect(await takeBack(instance, gone, hoursLater(2))).toMatchObject({ ok: true });
    await keepMails(instance, hoursLater(3));
    expect(await told(instance, 'delivery')).toEqual(['ilse@forum.example']);
  });

  it('of a delivery does not leave once the letter was taken back', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter, 'Ilse Okoye', 'ilse@forum.example');
    await delivered(letter);
    await runMailings(instance, hoursLater(2));
    expect(await told(instance, 'delivery')).toEqual(['ilse@forum.example']);
    await withdrawLetter(instance, letter.letter, { reason: 'Its figures were wrong.', replacement: 'none' }, hoursLater(2));
    await runMailings(instance, hoursLater(2));
    await keepMails(instance, hoursLater(3));
    expect(await told(instance, 'delivery')).toEqual([]);
    expect(await told(instance, 'withdrawal')).toEqual(['ilse@forum.example']);
  });

  it('is queued once for each, though the job is killed again and again and two processes do it', async () => {
    const letter = await start();
    const { instance } = letter;
    const names = Array.from({ length: 12 }, (_, number) => `Forum ${number}`);
    for (const name of names) await signs(letter, name, `${name.replace(' ', '-')}@partner.example`);
    await delivered(letter);
    const { read } = instance.store;
    const [mailing] = await read.select().from(read.tables.mailings);
    const mailingId = mailing?.id ?? '';
    for (let round = 0; round < 40; round++) {
      // The process ends after a commit, or in the middle of a transaction.
      let left = 1;
      const dying: Instance = {
        ...instance,
        store: {
          ...instance.store,
          inTransaction: (work) => {
            if (left-- > 0) return instance.store.inTransaction(work);
            return instance.store.inTransaction(async (tx) => {
              await work(tx);
              throw new Error('killed');
            });
          },
        },
      };
      const ends = await Promise.allSettled([
        runMailing.run(dying, { mailingId }, hoursLater(2)),
        runMailing.run(dying, { mailingId }, hoursLater(2)),
      ]);
      if (ends.every(({ status }) => status === 'fulfilled')) break;
    }
    await runMailing.run(instance, { mailingId }, hoursLater(3));
    expect(await told(instance, 'delivery')).toEqual(names.map((name) => `${name.replace(' ', '-')}@partner.example`).sort());
    expect((await read.select().from(read.tables.mailings))[0]).toMatchObject({ queued: 12, endedAt: expect.any(Date) });
  });

  it('tells why a letter was withdrawn, once', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter, 'Ilse Okoye', 'ilse@forum.example');
    await withdrawLetter(instance, letter.letter, { reason: 'Its figures were wrong.', replacement: 'none' }, hoursLater(1));
    await runMailings(instance, hoursLater(1));
    await runMailings(instance, hoursLater(2));
    expect(await told(instance, 'withdrawal')).toEqual(['ilse@forum.example']);
    expect((await mailsIn(instance, 'withdrawal'))[0]?.message.text).toContain('Its figures were wrong.');
  });

  it('spares whoever asked for no more mails, drops what waits for them, and comes again once they ask', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter, 'Ilse Okoye', 'ilse@forum.example');
    await signs(letter, 'Mirela Ardelean', 'ilse@forum.example');
    const [invitation] = await mailsIn(instance, 'invitation');
    const stop = invitation ? linkIn(invitation, 'stop') : '';
    expect(invitation?.message.stopUrl).toContain(stop);
    expect(await viewStop(instance, stop)).toEqual({ coalition: 'Clear Water Alliance', language: 'en', stopped: false });
    for (let press = 0; press < 2; press++) expect((await stopMails(instance, stop, NOW)).ok).toBe(true);
    expect(await viewStop(instance, stop)).toMatchObject({ stopped: true });
    expect(await mailsIn(instance, 'invitation')).toEqual([]);
    expect(await mailsIn(instance, 'receipt'), 'what they asked for themselves still comes').toHaveLength(2);
    await delivered(letter);
    await runMailings(instance, hoursLater(2));
    expect(await told(instance, 'delivery')).toEqual([]);
    expect((await resumeMails(instance, stop, hoursLater(3))).ok).toBe(true);
    expect(await viewStop(instance, stop)).toMatchObject({ stopped: false });
    expect(await stopMails(instance, 'ms_nothing', NOW)).toEqual({ ok: false, reason: 'unknown' });
  });
});
