import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { previewWording } from '../../../lib/invitations/preview.ts';
import { sendTestMail } from '../../../lib/invitations/test-mail.ts';
import { saveWording, viewWording, wordingForm } from '../../../lib/invitations/wording.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { answer, asOrganisation, invite, NOW, type OpenLetter, openTestLetter } from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const ME = { email: 'mirela@coalition.example', name: 'Mirela Quist' };
const WORDS = { 'subject-en': 'Will you sign with us?', 'message-en': 'We met in March.', 'message-fa': 'We met in March.' };

const save = async ({ instance, letter }: OpenLetter, fields: object) =>
  await saveWording(instance, letter, wordingForm.parse({ seen: (await viewWording(instance, letter))?.seen, ...fields }), NOW);

async function mails({ instance }: OpenLetter) {
  const rows = await instance.store.read.select().from(instance.store.read.tables.outbox);
  return rows.flatMap((row) => {
    const mail = readMail(instance, row);
    return mail.ok ? [{ kind: row.kind, ...mail.value }] : [];
  });
}

describeEachStore('the words of an invitation', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('go out with it as they were previewed, and answers to every mail of the letter go where it says', async () => {
    const letter = await start();
    const { instance } = letter;
    expect(await save(letter, { ...WORDS, replyTo: 'answers@coalition.example' })).toEqual({ ok: true, value: null });
    const preview = await previewWording(instance, letter.letter, 'en');
    expect(preview).toMatchObject({ subject: WORDS['subject-en'], replyTo: 'answers@coalition.example' });
    expect(preview?.text).toContain('We met in March.');
    expect(preview?.html, 'no link opens anything').not.toMatch(/(?:iv|hd|ms)_[\w-]{43}/);
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'office@harbour.example');
    await signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), NOW);
    const sent = await mails(letter);
    expect(sent.map(({ kind, subject, replyTo }) => ({ kind, subject, replyTo }))).toEqual([
      { kind: 'invitation', subject: WORDS['subject-en'], replyTo: 'answers@coalition.example' },
      { kind: 'receipt', subject: expect.any(String), replyTo: 'answers@coalition.example' },
    ]);
    expect((await previewWording(instance, letter.letter, 'fa'))?.html).toMatch(/<p dir="auto"[^>]*>We met in March\.<\/p>/);
    // What is left empty is as it was without anybody's words.
    expect(await save(letter, {})).toEqual({ ok: true, value: null });
    expect(await previewWording(instance, letter.letter, 'en')).not.toHaveProperty('replyTo');
    expect((await previewWording(instance, letter.letter, 'en'))?.subject).toContain('invitation');
  });

  it('refuse what would break a header or turn the reading around, what is too long, and what somebody else has saved over', async () => {
    const letter = await start();
    for (const [field, value] of [
      ['subject-en', 'Hello\r\nBcc: all@coalition.example'],
      ['subject-fa', 'Hello \u202Eolleh'],
      ['subject-en', 'x'.repeat(121)],
      ['message-en', 'Hello \u2066there'],
      ['message-fa', 'x'.repeat(2_001)],
      ['replyTo', 'a@b.example, c@d.example'],
      ['replyTo', 'a@b.example\r\nBcc: all@coalition.example'],
    ] as const) {
      const parsed = wordingForm.safeParse({ [field]: value });
      expect(parsed.success ? null : parsed.error.issues.map(({ path }) => path.join('.')), `${field} ${value.slice(0, 20)}`).toEqual([
        field,
      ]);
    }
    const { seen } = (await viewWording(letter.instance, letter.letter)) ?? {};
    expect((await save(letter, WORDS)).ok).toBe(true);
    expect(await save(letter, { ...WORDS, 'subject-en': 'Another', seen })).toEqual({ ok: false, reason: 'stale' });
    expect(await save(letter, { ...WORDS, seen }), 'the same words again').toEqual({ ok: true, value: null });
  });

  it('stay neutral where the mails of a letter say nothing of it', async () => {
    const letter = await start();
    const { instance } = letter;
    expect((await save(letter, WORDS)).ok).toBe(true);
    const policies = { ...presetSettings['coalition-letter'].policies, mails: 'neutral' } as const;
    await instance.store.inTransaction((tx) =>
      tx.update(tx.tables.letters).set({ policies }).where(eq(tx.tables.letters.id, letter.letterId)),
    );
    const preview = await previewWording(instance, letter.letter, 'en');
    expect(preview?.subject).toBe('An invitation');
    expect(preview?.text).not.toContain('We met in March.');
    expect(await save(letter, { 'subject-en': 'Another' })).toEqual({ ok: false, reason: { place: 'subject-en', reason: 'neutral' } });
    const test = await sendTestMail(
      instance,
      letter.letter,
      ME,
      { capacity: 'organisation', organisation: 'Any Society', language: 'en' },
      NOW,
    );
    expect(test).toEqual({ ok: true, value: { address: ME.email } });
    expect((await mails(letter)).at(-1)).toMatchObject({ kind: 'test', to: ME.email, subject: '[Test] An invitation' });
  });

  it('are tried by a mail to oneself whose links open nothing', async () => {
    const letter = await start();
    const { instance } = letter;
    await save(letter, WORDS);
    const before = await instance.store.read.select().from(instance.store.read.tables.links);
    await sendTestMail(instance, letter.letter, ME, { capacity: 'organisation', organisation: 'Any Society', language: 'en' }, NOW);
    const [mail] = await mails(letter);
    expect(mail).toMatchObject({ kind: 'test', to: ME.email, subject: `[Test] ${WORDS['subject-en']}` });
    expect(mail).not.toHaveProperty('stopUrl');
    expect([...(mail?.html.matchAll(/href="([^"]+)"/g) ?? [])].map(([, link]) => link)).toEqual(
      Array(2).fill(`${instance.config.origin}/i/test`),
    );
    expect(await instance.store.read.select().from(instance.store.read.tables.links)).toEqual(before);
  });
});
