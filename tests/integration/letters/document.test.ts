import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { holdLetter } from '../../../db/queries/signatures.ts';
import type { LetterDocument } from '../../../lib/document/model.ts';
import type { Instance } from '../../../lib/instance.ts';
import { letterDocument, storedLetter } from '../../../lib/letters/document.ts';
import { createLetter } from '../../../lib/letters/drafting.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { listedRecords } from '../../../lib/signatures/records.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { foundTestCoalition } from '../../support/coalition.ts';
import {
  answer,
  asPerson,
  asRepresentative,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
  takeBack,
} from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

async function documentOf(instance: Instance, letterId: string, edition: 'public' | 'addressee' = 'public'): Promise<LetterDocument> {
  const document = await letterDocument(instance, letterId, { edition, now: NOW });
  if (!document) throw new Error('no document');
  return document;
}

async function linesOf(document: LetterDocument): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const section of document.sections)
    for await (const entries of section.batches()) lines.push(...entries.map((entry) => entry.lines.join(', ')));
  return lines;
}

async function sign(open: OpenLetter, fields: object, party: Parameters<typeof invite>[1]) {
  const invited = await invite(open, party);
  const signed = await signByInvitation(open.instance, invited.scope, answer(open, invited, fields), NOW);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  return invited;
}

describeEachStore('a stored letter as a document', (open) => {
  const newLetter = async () => await openTestLetter(testInstance((await open()).store));

  it('is a draft with its typed text until it is frozen', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, NOW);
    const { letterId } = await createLetter(instance, scope, letterInput(), NOW);
    const document = await documentOf(instance, letterId);
    expect(document.mark).toEqual({ type: 'draft' });
    expect(document.texts).toMatchObject([
      { headline: 'The river belongs to everyone', authentic: true, fingerprint: null, subtitle: null },
    ]);
    expect(document.sections).toEqual([]);
    expect(await letterDocument(instance, 'let_none', { edition: 'public', now: NOW })).toBeNull();
  });

  it('prints the frozen text and who signed, and says of when it is until it is delivered', async () => {
    const letter = await newLetter();
    const { instance, letterId } = letter;
    await sign(letter, asRepresentative('Harbour Forum', 'Ines Sol'), { organisation: 'Harbour Forum' });
    await sign(letter, asPerson('Omid Rad', 'University of Ellery'), { person: 'Omid Rad' });
    const document = await documentOf(instance, letterId);
    expect(document.mark).toEqual({ type: 'not-final', asOf: NOW, zone: 'Europe/Lisbon' });
    expect(document.texts[0]?.fingerprint).toBe(letter.fingerprint);
    expect(document.texts[0]?.body.blocks).toMatchObject([{ type: 'paragraph' }, { type: 'list' }]);
    const lines = await linesOf(document);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('Harbour Forum');
    expect(lines[1]).toContain('Omid Rad');
    expect(await linesOf(document), 'a second walk').toEqual(lines);

    await closeLetter(instance, letter.letter, NOW);
    await deliverLetter(instance, letter.letter, NOW);
    expect((await documentOf(instance, letterId)).mark).toBeNull();
  });

  it('is read from the canonical text and not from what was typed', async () => {
    const letter = await newLetter();
    const { letterTexts } = letter.instance.store.read.tables;
    await letter.instance.store.inTransaction(
      async (tx) => void (await tx.update(letterTexts).set({ headline: 'Changed', body: 'Changed' })),
    );
    expect((await documentOf(letter.instance, letter.letterId)).texts[0]?.headline).toBe('The river belongs to everyone');
  });

  it('prints in each edition only who chose it, and opens no other name', async () => {
    const letter = await newLetter();
    const { instance, letterId } = letter;
    await sign(letter, asPerson('Public Person'), { person: 'Public Person' });
    await sign(letter, { ...asPerson('Shy Person'), publication: 'addressee' }, { person: 'Shy Person' });
    await sign(letter, { ...asPerson('Silent Person'), publication: 'counted' }, { person: 'Silent Person' });
    expect(await linesOf(await documentOf(instance, letterId))).toEqual(['Public Person']);
    expect(await linesOf(await documentOf(instance, letterId, 'addressee'))).toEqual(['Public Person', 'Shy Person']);

    const { signatures } = instance.store.read.tables;
    const spoil = async (publication: 'addressee' | 'counted') =>
      await instance.store.inTransaction(
        async (tx) =>
          void (await tx
            .update(signatures)
            .set({ sealed: Buffer.alloc(40) })
            .where(eq(signatures.publication, publication))),
      );
    await spoil('counted');
    expect(await linesOf(await documentOf(instance, letterId, 'addressee'))).toHaveLength(2);
    await spoil('addressee');
    expect(await linesOf(await documentOf(instance, letterId))).toEqual(['Public Person']);
    const spoilt = await documentOf(instance, letterId, 'addressee');
    await expect(linesOf(spoilt)).rejects.toThrow('does not open');
  });

  it('loses a name with its withdrawal, and all names while they are hidden or the letter is withdrawn', async () => {
    const letter = await newLetter();
    const { instance, letterId } = letter;
    const { letters } = instance.store.read.tables;
    const gone = await sign(letter, asPerson('Omid Rad'), { person: 'Omid Rad' });
    await sign(letter, asPerson('Bea Lund'), { person: 'Bea Lund' });
    const change = async (values: Partial<typeof letters.$inferInsert>) =>
      await instance.store.inTransaction(async (tx) => {
        await holdLetter(tx, letterId);
        await tx.update(letters).set(values).where(eq(letters.id, letterId));
      });
    await takeBack(instance, gone, NOW);
    expect(await linesOf(await documentOf(instance, letterId))).toEqual(['Bea Lund']);
    await change({ namesHidden: true });
    expect((await documentOf(instance, letterId)).sections).toEqual([]);
    expect((await documentOf(instance, letterId, 'addressee')).sections).toEqual([]);
    await change({ namesHidden: false, status: 'withdrawn' });
    expect((await documentOf(instance, letterId)).sections).toEqual([]);
    expect((await documentOf(instance, letterId)).texts).toHaveLength(1);
  });

  it('is in another state after every change, and in the same one otherwise', async () => {
    const letter = await newLetter();
    const { instance, letterId } = letter;
    const { letters } = instance.store.read.tables;
    const stateNow = async () => (await storedLetter(instance, letterId, { edition: 'public', now: NOW }))?.state ?? '';
    const states = [await stateNow()];
    const signed = await sign(letter, asPerson('Omid Rad'), { person: 'Omid Rad' });
    states.push(await stateNow());
    expect(await stateNow()).toBe(states.at(-1));
    await takeBack(instance, signed, NOW);
    states.push(await stateNow());
    await instance.store.inTransaction(
      async (tx) => void (await tx.update(letters).set({ namesHidden: true }).where(eq(letters.id, letterId))),
    );
    states.push(await stateNow());
    await closeLetter(instance, letter.letter, NOW);
    states.push(await stateNow());
    expect(new Set(states).size).toBe(5);
  });

  it('stops a long read where it began, whoever signs meanwhile', async () => {
    const letter = await newLetter();
    await sign(letter, asPerson('Omid Rad'), { person: 'Omid Rad' });
    const source = await listedRecords(letter.instance, { letterId: letter.letterId, edition: 'public' });
    await sign(letter, asPerson('Bea Lund'), { person: 'Bea Lund' });
    expect((await letterRow(letter)).personCount).toBe(2);
    const names: (string | undefined)[] = [];
    for await (const batch of source()) names.push(...batch.map((record) => record.name));
    expect(names).toEqual(['Omid Rad']);
    const organisations: unknown[] = [];
    for await (const batch of source('organisations')) organisations.push(...batch);
    expect(organisations).toEqual([]);
  });
});
