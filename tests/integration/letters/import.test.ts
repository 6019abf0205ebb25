import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { discardBatch, listFillingBatches } from '../../../db/queries/batches.ts';
import { findLetterById } from '../../../db/queries/letters.ts';
import { listPrintableSignatures } from '../../../db/queries/printing.ts';
import type { Store } from '../../../db/store.ts';
import type { SignatoryRecord } from '../../../lib/block/record.ts';
import type { Instance } from '../../../lib/instance.ts';
import { runNextJob } from '../../../lib/jobs/run.ts';
import { acceptLetterHead } from '../../../lib/letter-file/letter-file.ts';
import { surveyInline } from '../../../lib/letter-file/signatories.ts';
import { discardImport } from '../../../lib/letters/discard-import.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { findEarlierImport } from '../../../lib/letters/earlier-import.ts';
import { type ImportInput, importLetter } from '../../../lib/letters/import.ts';
import { discardReplaced } from '../../../lib/letters/replace-import.ts';
import { storedLetterFile } from '../../../lib/letters/stored-file.ts';
import { openRecord } from '../../../lib/signatures/places.ts';
import { foundTestCoalition, memberOf } from '../../support/coalition.ts';
import { runs } from '../../support/property.ts';
import { recordLists } from '../../support/records.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const tomorrow = new Date('2026-03-03T10:00:01Z');
const OWNER = 'nila@coalition.example';

const head = {
  format: 'undersigned-letter/1',
  letter: {
    kind: 'petition',
    authenticLanguage: 'fa',
    date: '2025-11-03',
    place: 'بندر',
    texts: [
      { language: 'en', headline: 'Wells stay open', body: 'Water is *ours*.\n\n- one\n- two' },
      {
        language: 'fa',
        headline: 'چاه‌ها باز می‌مانند',
        subtitle: 'نامه',
        addressees: [{ name: 'Ms Ottoline Varga', office: 'Minister of Waters', lines: ['1 Quay'] }],
        cc: ['The Port Council'],
        reference: 'W/7',
        salutation: 'سلام',
        body: 'آب از آن *ماست*.',
        closing: 'با احترام',
        disclaimer: '—',
      },
    ],
  },
  block: { personal: { order: 'family-name', form: 'line', columns: 2, heading: 'People' }, counts: true },
};

function letterFile() {
  const accepted = acceptLetterHead(head);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.reason));
  return accepted.value;
}

const inputOf = (signatories: readonly unknown[], change: Partial<ImportInput> = {}): ImportInput => ({
  file: letterFile(),
  signatories: surveyInline(signatories),
  onFault: 'refuse',
  fileHash: 'a'.repeat(64),
  again: true,
  coalitionSlug: 'clear-water-alliance',
  as: OWNER,
  means: 'paper, sheets 1 to 3',
  zone: 'Europe/Lisbon',
  ...change,
});

async function imported(instance: Instance, input: ImportInput) {
  const result = await importLetter(instance, input, NOW);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

async function rowsOf({ store, keys }: Instance, letterId: string) {
  const { signatures, consents } = store.read.tables;
  const rows = await store.read
    .select({ signature: signatures, consent: consents })
    .from(signatures)
    .leftJoin(consents, eq(consents.signatureId, signatures.id))
    .where(eq(signatures.letterId, letterId))
    .orderBy(signatures.position);
  return rows.map(({ signature, consent }) => ({ ...signature, consent, record: openRecord(keys, signature) }));
}

async function exported(instance: Instance, letterId: string) {
  const stored = await storedLetterFile(instance, letterId);
  if (!stored) throw new Error('no letter');
  const records: SignatoryRecord[] = [];
  for await (const batch of stored.source()) records.push(...batch);
  return { file: stored.file, records };
}

async function countRows({ read }: Store) {
  const { letters, signatures, consents, signings, batches } = read.tables;
  const counts = [letters, signatures, consents, signings, batches].map(async (table) => (await read.select().from(table)).length);
  return await Promise.all(counts);
}

const people = (count: number) => Array.from({ length: count }, (_, number) => ({ capacity: 'personal', name: `Ana Petrović ${number}` }));

describeEachStore('importing a letter', (open) => {
  async function newInstance(): Promise<Instance> {
    const { store } = await open();
    const instance = testInstance(store);
    await foundTestCoalition(instance, NOW);
    return instance;
  }

  it('makes a frozen, closed letter for the invited only, its entries vouched for by name and logged as one', async () => {
    const instance = await newInstance();
    const { store } = instance;
    const result = await imported(
      instance,
      inputOf([
        { capacity: 'organisation', organisation: 'Harbour Forum', acronym: 'HF', name: 'Ines Sol', role: 'Chair', signedAt: '2025-10-01' },
        { capacity: 'organisation', name: 'John West' },
        { capacity: 'personal', name: 'Omid Rad', organisation: 'University of Ellery', publication: 'counted' },
      ]),
    );
    expect(result).toMatchObject({ listed: 3, held: 0, duplicates: 0, flagged: 1, dropped: 0, lost: [] });
    const letter = await findLetterById(store.read, result.letterId);
    expect(letter).toMatchObject({
      status: 'closed',
      release: 'invited-only',
      kind: 'petition',
      authenticLanguage: 'fa',
      date: '2025-11-03',
      place: 'بندر',
      organisationCount: 2,
      personCount: 1,
      signatureSequence: 3,
      logSize: 3,
      deletedAt: null,
      printedNames: false,
    });
    const rows = await rowsOf(instance, result.letterId);
    expect(rows.map(({ position, status, authority, publication, flags }) => [position, status, authority, publication, flags])).toEqual([
      [1, 'listed', 'authorised', 'public', []],
      [2, 'listed', 'authorised', 'public', ['organisation-without-name']],
      [3, 'listed', null, 'counted', []],
    ]);
    expect(rows[0]?.signedAt).toEqual(new Date('2025-10-01T00:00:00Z'));
    for (const { consent, printedName } of rows) {
      expect(consent).toMatchObject({ versionId: letter?.liveVersionId, fingerprint: result.fingerprint, language: 'fa', givenAt: NOW });
      expect(printedName).toBeNull();
    }
    const { signings, batches, auditEntries } = store.read.tables;
    const member = await memberOf(instance, letter?.coalitionId ?? '', OWNER);
    expect(await store.read.select().from(signings)).toMatchObject([
      { origin: 'import', proof: 'vouched', vouchedBy: member?.id, vouchedMeans: 'paper, sheets 1 to 3', vouchedOn: '2026-03-02' },
    ]);
    expect(await store.read.select().from(batches)).toMatchObject([{ state: 'active', count: 3, heldCount: 0, fileHash: 'a'.repeat(64) }]);
    const log = await store.read
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.scopeId, result.letterId))
      .orderBy(auditEntries.sequence);
    expect(log.map((entry) => [entry.type, entry.actorId])).toEqual([
      ['letter-created', member?.id],
      ['letter-frozen', member?.id],
      ['batch-imported', member?.id],
    ]);
  });

  it('counts an organisation once: its second entry is held', async () => {
    const instance = await newInstance();
    const result = await imported(
      instance,
      inputOf([
        { capacity: 'organisation', organisation: 'Harbour Forum', name: 'Ines Sol' },
        { capacity: 'organisation', organisation: 'The harbour  forum', name: 'Omid Rad' },
        { capacity: 'personal', name: 'Omid Rad', organisation: 'Harbour Forum' },
        { capacity: 'personal', name: 'Omid Rad', organisation: 'Harbour Forum' },
      ]),
    );
    expect(result).toMatchObject({ listed: 3, held: 1, duplicates: 1, duplicateEntries: [{ index: 1, first: 0 }] });
    const rows = await rowsOf(instance, result.letterId);
    expect(rows.map(({ status, flags }) => [status, flags])).toEqual([
      ['listed', []],
      ['held', ['duplicate-organisation']],
      ['listed', []],
      ['listed', []],
    ]);
    expect((await exported(instance, result.letterId)).records).toHaveLength(3);
  });

  it('leaves entries with faults out, or keeps them apart at their place', async () => {
    const faulty = [
      { capacity: 'personal', name: 'Ana' },
      { capacity: 'personal', name: '', city: 'Lüstrin' },
      { capacity: 'personal', name: 'Bea' },
      { capacity: 'nobody', name: 'Cleo' },
      'not a record',
    ];
    const instance = await newInstance();
    const dropped = await imported(instance, inputOf(faulty, { onFault: 'drop' }));
    expect(dropped).toMatchObject({ listed: 2, held: 0, dropped: 3 });
    const kept = await imported(instance, inputOf(faulty, { onFault: 'hold' }));
    expect(kept).toMatchObject({ listed: 2, held: 1, dropped: 2 });
    // Whose capacity is not said can't be kept: it is not ours to guess.
    expect(kept.lost.map(({ index }) => index)).toEqual([3, 4]);
    const rows = await rowsOf(instance, kept.letterId);
    expect(rows.map(({ position, status, flags, record }) => [position, status, flags, record])).toEqual([
      [1, 'listed', [], { capacity: 'personal', name: 'Ana' }],
      [2, 'held', ['personal-without-name'], { capacity: 'personal', city: 'Lüstrin' }],
      [3, 'listed', [], { capacity: 'personal', name: 'Bea' }],
    ]);
    const document = await letterDocument(instance, kept.letterId, { edition: 'public', now: NOW });
    expect(document?.sections.map(({ count, countLine }) => [count, countLine])).toEqual([[2, expect.any(String)]]);
  });

  it('is refused where nobody vouches who may', async () => {
    const instance = await newInstance();
    const refused = async (change: Partial<ImportInput>) => await importLetter(instance, inputOf([], change), NOW);
    expect(await refused({ coalitionSlug: 'other' })).toEqual({ ok: false, reason: 'no-such-coalition' });
    expect(await refused({ as: 'stranger@example.org' })).toEqual({ ok: false, reason: 'no-such-member' });
    expect(await refused({ as: 'not an address' })).toEqual({ ok: false, reason: 'no-such-member' });
    expect(await refused({ means: ' ' })).toEqual({ ok: false, reason: 'means-missing' });
    const { members } = instance.store.read.tables;
    await instance.store.inTransaction(async (tx) => void (await tx.update(members).set({ role: 'drafter' })));
    expect(await refused({})).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await countRows(instance.store)).toEqual([0, 0, 0, 0, 0]);
  });

  it('shows nothing of an import that was cut off by a crash, and clears it away a day later', async () => {
    const instance = await newInstance();
    const whole = surveyInline(people(3000));
    let standing = () => {};
    const stands = new Promise<void>((resolve) => {
      standing = resolve;
    });
    async function* crashing() {
      for await (const batch of whole.source()) yield batch.slice(0, 2400);
      standing();
      await new Promise(() => undefined);
    }
    void importLetter(instance, inputOf([], { signatories: { ...whole, source: crashing } }), NOW);
    await stands;
    expect(await countRows(instance.store)).toEqual([1, 2000, 2000, 1, 1]);

    const [batch] = await listFillingBatches(instance.store.read);
    const letterId = batch?.letterId ?? '';
    expect(await findLetterById(instance.store.read, letterId)).toBeNull();
    expect(await letterDocument(instance, letterId, { edition: 'public', now: NOW })).toBeNull();
    const page = { after: 0, asOf: 1_000_000, limit: 10 };
    expect(await listPrintableSignatures(instance.store.read, letterId, page)).toEqual([]);
    expect(await runNextJob(instance, [discardImport], () => NOW)).toBe('nothing-due');
    expect(await runNextJob(instance, [discardImport], () => tomorrow)).toBe('done');
    const [, ...rest] = await countRows(instance.store);
    expect(rest).toEqual([0, 0, 0, 1]);
    expect(await findLetterById(instance.store.read, letterId)).toBeNull();
  });

  it('clears away at once what an error cut off', async () => {
    const instance = await newInstance();
    const whole = surveyInline(people(3000));
    async function* breaking() {
      for await (const batch of whole.source()) yield batch.slice(0, 2400);
      throw new Error('the file is gone');
    }
    const cut = inputOf([], { signatories: { ...whole, source: breaking } });
    await expect(importLetter(instance, cut, NOW)).rejects.toThrow('the file is gone');
    expect((await countRows(instance.store)).slice(1)).toEqual([0, 0, 0, 1]);
  });

  it('does not come back once it was given up, and is not cleared away once it came through', async () => {
    const instance = await newInstance();
    const { letterId } = await imported(instance, inputOf(people(600)));
    expect(await runNextJob(instance, [discardImport], () => tomorrow)).toBe('done');
    expect((await rowsOf(instance, letterId)).length).toBe(600);

    const slow = surveyInline(people(10));
    async function* whileGivenUp() {
      const [batch] = await listFillingBatches(instance.store.read);
      expect(await instance.store.inTransaction((tx) => discardBatch(tx, batch?.id ?? ''))).toBe(true);
      yield* slow.source();
    }
    const given = importLetter(instance, inputOf([], { signatories: { ...slow, source: whileGivenUp } }), NOW);
    await expect(given).rejects.toThrow('given up');
    expect((await countRows(instance.store))[1]).toBe(600);
  });

  it('finds the letter the same files were imported as, in this coalition', async () => {
    const instance = await newInstance();
    const find = (fileHash: string, coalitionSlug = 'clear-water-alliance') => findEarlierImport(instance, { coalitionSlug, fileHash });
    expect(await find('a'.repeat(64))).toBeNull();
    const { letterId } = await imported(instance, inputOf(people(3)));
    expect(await find('a'.repeat(64))).toEqual({ letterId, headline: 'چاه‌ها باز می‌مانند', importedAt: NOW });
    expect(await find('b'.repeat(64))).toBeNull();
    expect(await find('a'.repeat(64), 'other')).toBeNull();
  });

  it('comes in once where the same files are imported several times at once', async () => {
    const instance = await newInstance();
    const input = () => inputOf(people(30), { again: false });
    const results = await Promise.all(Array.from({ length: 4 }, () => importLetter(instance, input(), NOW)));
    const refused = { ok: false, reason: 'imported-before' };
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok)).toEqual([refused, refused, refused]);
    expect((await countRows(instance.store)).slice(1)).toEqual([30, 30, 1, 4]);
    expect(await importLetter(instance, input(), NOW)).toEqual(refused);
    expect((await importLetter(instance, inputOf(people(3), { again: false, fileHash: 'b'.repeat(64) }), NOW)).ok).toBe(true);
  });

  it('gives way to its corrected import, which keeps the address, and is deleted a day later', async () => {
    const instance = await newInstance();
    const { store } = instance;
    const first = await imported(instance, inputOf([{ capacity: 'personal', name: '' }, ...people(300)], { onFault: 'hold' }));
    const address = (await findLetterById(store.read, first.letterId))?.slug;
    const second = await imported(instance, inputOf(people(301), { replaces: first.letterId }));
    expect(second).toMatchObject({ listed: 301, held: 0 });
    expect(await findLetterById(store.read, first.letterId)).toBeNull();
    expect((await findLetterById(store.read, second.letterId))?.slug).toBe(address);
    const { auditEntries } = store.read.tables;
    const log = await store.read.select().from(auditEntries).where(eq(auditEntries.scopeId, first.letterId)).orderBy(auditEntries.sequence);
    expect(log.at(-1)?.type).toBe('letter-deleted');
    expect(await importLetter(instance, inputOf([], { replaces: first.letterId }), NOW)).toEqual({ ok: false, reason: 'no-such-letter' });

    const handlers = [discardImport, discardReplaced];
    while ((await runNextJob(instance, handlers, () => NOW)) !== 'nothing-due');
    expect(await rowsOf(instance, first.letterId)).toHaveLength(301);
    while ((await runNextJob(instance, handlers, () => tomorrow)) !== 'nothing-due');
    expect(await rowsOf(instance, first.letterId)).toEqual([]);
    expect(await rowsOf(instance, second.letterId)).toHaveLength(301);
  });

  it('gives no way once it has a life of its own, nor is deleted where it was brought back', async () => {
    const instance = await newInstance();
    const { store } = instance;
    const { letterId } = await imported(instance, inputOf(people(2)));
    const { letters } = store.read.tables;
    const refused = async () => await importLetter(instance, inputOf(people(3), { replaces: letterId }), NOW);
    const change = (values: { status?: 'closed' | 'delivered'; deletedAt?: Date | null }) =>
      store.inTransaction(async (tx) => void (await tx.update(letters).set(values).where(eq(letters.id, letterId))));
    await change({ status: 'delivered' });
    expect(await refused()).toEqual({ ok: false, reason: 'has-own-life' });
    await change({ status: 'closed' });

    // Delivered while its correction was being filled: nothing of that stays.
    const slow = surveyInline(people(3));
    async function* whileDelivered() {
      await change({ status: 'delivered' });
      yield* slow.source();
    }
    const late = inputOf([], { signatories: { ...slow, source: whileDelivered }, replaces: letterId });
    expect(await importLetter(instance, late, NOW)).toEqual({ ok: false, reason: 'has-own-life' });
    expect((await countRows(store)).slice(1, 4)).toEqual([2, 2, 1]);

    await change({ status: 'closed' });
    await imported(instance, inputOf(people(3), { replaces: letterId }));
    await change({ deletedAt: null });
    while ((await runNextJob(instance, [discardImport, discardReplaced], () => tomorrow)) !== 'nothing-due');
    expect(await rowsOf(instance, letterId)).toHaveLength(2);
  });

  it('gives back the letter that was brought in', async () => {
    const instance = await newInstance();
    await fc.assert(
      fc.asyncProperty(recordLists, async (list) => {
        const first = await imported(instance, inputOf(list));
        const once = await exported(instance, first.letterId);
        const organisations = new Set<string>();
        expect(once.records.length).toBe(list.filter((record) => printsOnce(record, organisations)).length);
        const second = await imported(instance, { ...inputOf(once.records), file: once.file });
        expect(await exported(instance, second.letterId)).toEqual(once);
        expect(second.fingerprint).toBe(first.fingerprint);
        for (const record of once.records) expect(list.map(withoutChoice)).toContainEqual(record);
      }),
      { numRuns: runs(12) },
    );
  });
});

/** Public, and no second entry of its organisation. */
function printsOnce(record: SignatoryRecord, organisations: Set<string>): boolean {
  if (record.capacity === 'organisation') {
    const name = (record.organisation ?? '').toLowerCase();
    if (organisations.has(name)) return false;
    organisations.add(name);
  }
  return record.publication === undefined || record.publication === 'public';
}

const withoutChoice = ({ publication: _, ...record }: SignatoryRecord) => record;
