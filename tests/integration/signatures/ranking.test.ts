import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storePlaces } from '../../../db/queries/placed.ts';
import { holdLetter } from '../../../db/queries/signatures.ts';
import type { GivenBlockSettings, Order, SignatoryRecord } from '../../../lib/block/record.ts';
import { seal } from '../../../lib/crypto/seal.ts';
import type { Instance } from '../../../lib/instance.ts';
import { blockForm, blockFormValues } from '../../../lib/letters/block-schema.ts';
import { saveBlock } from '../../../lib/letters/block-settings.ts';
import { letterBlock } from '../../../lib/letters/document.ts';
import { setNamesHidden, setRelease } from '../../../lib/letters/releasing.ts';
import { signaturePlace } from '../../../lib/signatures/places.ts';
import { rankDue } from '../../../lib/signatures/rank-due.ts';
import { rankList } from '../../../lib/signatures/rank-list.ts';
import { isRanked } from '../../../lib/signatures/ranking.ts';
import { foundTestCoalition } from '../../support/coalition.ts';
import { letterRow, NOW, type OpenLetter, openLetterIn, openTestLetter, signatureRows } from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { runs } from '../../support/property.ts';
import { addEntries, rankedPlaces, settleRanks, sortedPlaces } from '../../support/ranked.ts';
import { records } from '../../support/records.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const publish = async (letter: OpenLetter) => {
  const release = { when: 'now', releaseDay: '', releaseTime: '' } as const;
  expect((await setRelease(letter.instance, letter.letter, release, NOW)).ok).toBe(true);
};

const agree = async (letter: OpenLetter) => {
  await settleRanks(letter);
  const row = await letterRow(letter);
  expect(await rankedPlaces(letter, row)).toEqual(await sortedPlaces(letter, row));
};

const emptied = { rank: null, printedName: null, searchText: null };
const undated = ({ signedAt: _, ...record }: SignatoryRecord): SignatoryRecord => record;

async function setRow(letter: OpenLetter, id: string, change: object) {
  const { store } = letter.instance;
  const { signatures } = store.read.tables;
  await store.inTransaction(async (tx) => {
    await holdLetter(tx, letter.letterId);
    await tx
      .update(signatures)
      .set({ ...emptied, ...change })
      .where(and(eq(signatures.id, id), eq(signatures.letterId, letter.letterId)));
  });
}

async function setBlock(letter: OpenLetter, block: GivenBlockSettings) {
  const { store } = letter.instance;
  const { letters } = store.read.tables;
  await store.inTransaction(async (tx) => {
    await tx.update(letters).set({ block, rankedAs: null }).where(eq(letters.id, letter.letterId));
  });
}

type BlockValues = ReturnType<typeof blockFormValues>;

/** As a member saves it. */
async function saveTyped(letter: OpenLetter, change: (values: BlockValues) => object) {
  const row = await letterRow(letter);
  const values = blockFormValues(letterBlock(row), row.block as GivenBlockSettings, [], row.authenticLanguage);
  const typed = blockForm.parse({ ...change(values), revision: String(row.settingsRevision) });
  expect((await saveBlock(letter.instance, letter.letter, typed, NOW)).ok).toBe(true);
}

const saveCountry = (letter: OpenLetter, printed: boolean) =>
  saveTyped(letter, ({ country: _, ...values }) => (printed ? { ...values, country: 'yes' } : values));

/** Ranks a whole list; something else is done once so many of its transactions are through. */
async function rankingWith({ instance, letterId }: OpenLetter, through: number, act: () => Promise<unknown>) {
  let left = through;
  const watched: Instance = {
    ...instance,
    store: {
      ...instance.store,
      async inTransaction(work) {
        if (left-- === 0) await act();
        return await instance.store.inTransaction(work);
      },
    },
  };
  await rankList.run(watched, { letterId }, NOW);
  expect(left, 'it went as far as that').toBeLessThan(0);
}

const orders: readonly Order[] = ['signing', 'manual', 'alphabetical', 'family-name', 'given-name', 'country'];
const anOrder = fc.constantFrom(...orders);
const aBlock = fc.record({ initiators: anOrder, organisations: anOrder, personal: anOrder }).map(
  ({ initiators, organisations, personal }): GivenBlockSettings => ({
    initiators: { order: initiators },
    organisations: { order: organisations },
    personal: { order: personal },
  }),
);

type Step =
  | { readonly kind: 'add'; readonly records: readonly SignatoryRecord[] }
  | { readonly kind: 'correct'; readonly at: number; readonly record: SignatoryRecord }
  | { readonly kind: 'withdraw' | 'place'; readonly at: number }
  | { readonly kind: 'order'; readonly block: GivenBlockSettings };

const record = records.map(undated);
const at = fc.nat(1000);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), records: fc.array(record, { minLength: 1, maxLength: 25 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('correct' as const), at, record }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('withdraw' as const, 'place' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('order' as const), block: aBlock }) },
);

async function take(letter: OpenLetter, step: Step) {
  if (step.kind === 'add') return void (await addEntries(letter, step.records));
  if (step.kind === 'order') return await setBlock(letter, step.block);
  const listed = (await signatureRows(letter)).filter(({ status }) => status === 'listed');
  const row = listed[step.at % Math.max(1, listed.length)];
  if (!row) return;
  if (step.kind === 'withdraw') return await setRow(letter, row.id, { status: 'withdrawn' });
  if (step.kind === 'correct') {
    const corrected = { ...step.record, capacity: row.capacity } as SignatoryRecord;
    const { publication = 'public' } = corrected;
    const sealed = seal(letter.instance.keys, signaturePlace(letter.letterId, row.id), named(corrected));
    return await setRow(letter, row.id, { sealed, publication });
  }
  const places = new Map([[row.id, row.place === null ? 1 + (step.at % 3) : null]]);
  await letter.instance.store.inTransaction((tx) => storePlaces(tx, letter.letterId, places));
}

/** A record of the other capacity may lack the name that this one needs. */
const named = (given: SignatoryRecord): SignatoryRecord =>
  given.capacity === 'personal' && given.name === undefined ? { ...given, name: given.organisation ?? 'Anna Dray' } : given;

describeEachStore('the stored order of a list', (open) => {
  it('is the sorted one after every addition, correction, withdrawal, move and change of order', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, NOW);
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(aBlock, fc.array(aStep, { minLength: 4, maxLength: 8 }), async (block, steps) => {
        const letter = await openLetterIn(instance, scope, letterInput(), NOW);
        await setBlock(letter, block);
        await publish(letter);
        for (const step of steps) {
          await take(letter, step);
          await agree(letter);
          seen++;
        }
      }),
      { numRuns: runs(2) },
    );
    expect(seen).toBeGreaterThan(0);
  }, 240_000);

  it('puts a few between the others and moves none of them, and sorts a list anew where many come', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await publish(letter);
    const people = (count: number, from = 0) =>
      Array.from({ length: count }, (_, index) => ({
        capacity: 'personal' as const,
        name: `Ada ${String.fromCharCode(65 + ((index * 7) % 26))}${from + index}`,
      }));
    await setBlock(letter, { personal: { order: 'family-name' } });
    await addEntries(letter, people(30));
    await agree(letter);
    const before = await signatureRows(letter);
    await addEntries(letter, people(20, 100));
    await agree(letter);
    const after = await signatureRows(letter);
    expect(after.slice(0, 30).map(({ rank }) => rank)).toEqual(before.map(({ rank }) => rank));
    const { rankGeneration } = await letterRow(letter);
    await addEntries(letter, people(60, 200));
    await agree(letter);
    expect((await letterRow(letter)).rankGeneration).toBe(rankGeneration + 1);
  });

  it('stands after two processes have ranked the same newcomers at once', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await publish(letter);
    await setBlock(letter, { personal: { order: 'family-name' } });
    await addEntries(letter, [{ capacity: 'personal', name: 'Ilse Moor' }]);
    await settleRanks(letter);
    for (let round = 0; round < 3; round++) {
      const names = ['Vera Alba', 'Tomas Zander', 'Nuria Moor', 'Pavel Moorland', 'Ana Mo'];
      await addEntries(
        letter,
        names.map((name) => ({ capacity: 'personal', name })),
      );
      await Promise.all([rankDue(letter.instance, NOW), rankDue(letter.instance, NOW), rankDue(letter.instance, NOW)]);
    }
    await agree(letter);
  });

  it('names nobody beside their entry before the release, and empties what it wrote once the names may not show', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    const names = async () => (await signatureRows(letter)).map(({ printedName }) => printedName);
    await addEntries(letter, [
      { capacity: 'personal', name: 'Vera Alba' },
      { capacity: 'personal', name: 'Tomas Zander', publication: 'addressee' },
      { capacity: 'personal', name: 'Nuria Moor', publication: 'counted' },
    ]);
    await settleRanks(letter);
    expect(await names()).toEqual([null, null, null]);
    await publish(letter);
    await settleRanks(letter);
    expect(await names()).toEqual(['Vera Alba', null, null]);
    expect((await signatureRows(letter))[0]?.searchText).toBe(' vera alba vera alba');
    await setNamesHidden(letter.instance, letter.letter, true, NOW);
    await settleRanks(letter);
    expect(await names()).toEqual([null, null, null]);
    expect(await letterRow(letter)).toMatchObject({ printedNames: false, rankedAs: null });
    await setNamesHidden(letter.instance, letter.letter, false, NOW);
    await settleRanks(letter);
    expect(await names()).toEqual(['Vera Alba', null, null]);
    expect(isRanked(await letterRow(letter))).toBe(true);
  });

  it('finds nobody by a country that the list does not print, from the moment a member says so', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await publish(letter);
    const found = async () => {
      await settleRanks(letter);
      return (await signatureRows(letter)).map(({ searchText }) => searchText);
    };
    await addEntries(letter, [{ capacity: 'personal', name: 'Vera Alba', city: 'Varna', country: 'Bulgaria' }]);
    expect(await found()).toEqual([' vera alba vera alba varna bulgaria']);
    await saveCountry(letter, false);
    expect(await found()).toEqual([' vera alba vera alba varna']);
    await addEntries(letter, [{ capacity: 'personal', name: 'Nuria Moor', country: 'Norway' }]);
    expect(await found()).toEqual([' vera alba vera alba varna', ' nuria moor nuria moor']);
    await saveCountry(letter, true);
    // Once more while the list is being ranked for the last time.
    await rankingWith(letter, 2, () => saveCountry(letter, false));
    expect(await found()).toEqual([' vera alba vera alba varna', ' nuria moor nuria moor']);
    expect(isRanked(await letterRow(letter))).toBe(true);
  });

  it('leaves no name behind where the names are hidden while it is ranked, for good or to show again', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await publish(letter);
    await addEntries(
      letter,
      Array.from({ length: 110 }, (_, index) => ({ capacity: 'personal', name: `Ada Alba ${index}` })),
    );
    const written = async () => (await signatureRows(letter)).filter(({ printedName }) => printedName !== null).length;
    const inviteesOnly = () => setRelease(letter.instance, letter.letter, { when: 'invited-only', releaseDay: '', releaseTime: '' }, NOW);
    await rankingWith(letter, 2, async () => {
      expect(await written()).toBe(100);
      expect((await inviteesOnly()).ok).toBe(true);
      await settleRanks(letter);
    });
    await settleRanks(letter);
    expect(await written()).toBe(0);
    await publish(letter);
    await rankingWith(letter, 2, async () => {
      await setNamesHidden(letter.instance, letter.letter, true, NOW);
      await settleRanks(letter);
      await setNamesHidden(letter.instance, letter.letter, false, NOW);
    });
    // What is written beside entries while the letter says that there is nothing would never be emptied.
    expect([await written(), (await letterRow(letter)).printedNames]).toEqual([0, false]);
    await agree(letter);
    expect(await written()).toBe(110);
  });

  it('follows the order that a member saves', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await publish(letter);
    await addEntries(letter, [
      { capacity: 'personal', name: 'Vera Zander' },
      { capacity: 'personal', name: 'Tomas Alba' },
    ]);
    await agree(letter);
    await saveTyped(letter, (values) => ({ ...values, personalOrder: 'family-name' }));
    expect(isRanked(await letterRow(letter))).toBe(false);
    await agree(letter);
    expect((await rankedPlaces(letter, await letterRow(letter))).personal).toEqual([2, 1]);
  });
});
