import { expect, it } from 'vitest';
import { letterDocument } from '../../../lib/letters/document.ts';
import { countPublications, hasAddresseeEdition } from '../../../lib/letters/editions.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { letterFileName } from '../../../lib/letters/file-name.ts';
import { setNamesHidden } from '../../../lib/letters/releasing.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { answer, asPerson, invite, letterRow, NOW, type OpenLetter, openTestLetter } from '../../support/invited.ts';
import { renderToBytes, textOf } from '../../support/pdf.ts';
import { scanned } from '../../support/scanned.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

async function sign(open: OpenLetter, name: string, publication: string) {
  const invited = await invite(open, { person: name });
  const signed = await signByInvitation(open.instance, invited.scope, answer(open, invited, { ...asPerson(name), publication }), NOW);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
}

async function printed({ instance, letterId }: OpenLetter, edition: 'public' | 'addressee'): Promise<string> {
  const document = await letterDocument(instance, letterId, { edition, now: NOW });
  if (!document) throw new Error('no document');
  return textOf((await renderToBytes(document)).bytes);
}

const counts = async (open: OpenLetter) => await countPublications(open.instance, await letterRow(open));
const offered = async (open: OpenLetter) => hasAddresseeEdition(await letterRow(open), await counts(open));

describeEachStore('the copy for the addressee', (open) => {
  it('is there once somebody chose it, and holds the names that were promised to the addressee, each page marked', async () => {
    const body = Array.from({ length: 60 }, (_, index) => `We ask for the ${index + 1}th time.`).join('\n\n');
    const letter = await openTestLetter(testInstance((await open()).store), { body });
    await sign(letter, 'Public Person', 'public');
    await sign(letter, 'Silent Person', 'counted');
    expect(await offered(letter)).toBe(false);
    await sign(letter, 'Shy Person', 'addressee');
    expect(await counts(letter)).toEqual({ public: 1, addressee: 1, counted: 1 });
    expect(await offered(letter)).toBe(true);

    const [published, handed] = [await printed(letter, 'public'), await printed(letter, 'addressee')];
    expect(published).toContain('Public Person');
    expect(published).not.toContain('Shy Person');
    expect(published).not.toContain('not for publication');
    expect(handed).toContain('Public Person');
    expect(handed).toContain('Shy Person');
    expect(published + handed).not.toContain('Silent Person');
    const pages = handed.split('\f').filter((page) => page.trim() !== '');
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('not for publication');
  });

  it('has the same address in its foot as the public one: that of the text both are of', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    for (const edition of ['public', 'addressee'] as const) {
      const document = await letterDocument(letter.instance, letter.letterId, { edition, now: NOW });
      if (!document) throw new Error('no document');
      const { bytes } = await renderToBytes(document);
      expect(scanned(bytes, 1)).toBe(`${letter.instance.config.origin}/v/${document.texts[0]?.fingerprint}`);
    }
  });

  it('has no name while all are hidden, and is gone with the letter', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await sign(letter, 'Shy Person', 'addressee');
    await setNamesHidden(letter.instance, letter.letter, true, NOW);
    expect(await offered(letter)).toBe(true);
    expect(await printed(letter, 'addressee')).not.toContain('Shy Person');
    await setNamesHidden(letter.instance, letter.letter, false, NOW);
    await closeLetter(letter.instance, letter.letter, NOW);
    await deliverLetter(letter.instance, letter.letter, NOW);
    expect(await printed(letter, 'addressee')).toContain('Shy Person');
    await withdrawLetter(letter.instance, letter.letter, { reason: 'It was wrong.', replacement: 'none' }, NOW);
    expect(await offered(letter)).toBe(false);
  });
});

it('has a file name of its own', () => {
  const named = { headline: 'The river', status: 'closed', language: 'en' } as const;
  expect(letterFileName({ ...named, edition: 'addressee' }, 'pdf').plain).toBe('the-river-addressee-en-not-final.pdf');
  expect(letterFileName(named, 'pdf').plain).toBe('the-river-en-not-final.pdf');
});
