import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { holdLetter } from '../../../db/queries/signatures.ts';
import type { Reader } from '../../../db/store.ts';
import { seal } from '../../../lib/crypto/seal.ts';
import type { Instance } from '../../../lib/instance.ts';
import { setRelease } from '../../../lib/letters/releasing.ts';
import { signaturePlace } from '../../../lib/signatures/places.ts';
import { rankDue } from '../../../lib/signatures/rank-due.ts';
import { letterRow, NOW, type OpenLetter, openTestLetter, signatureRows } from '../../support/invited.ts';
import { addEntries, rankedPlaces, settleRanks, sortedPlaces } from '../../support/ranked.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const people = (...names: readonly string[]) => names.map((name) => ({ capacity: 'personal' as const, name }));

/** Family names that sort by their numbers. */
const numbered = (count: number, from = 0) => people(...Array.from({ length: count }, (_, at) => `Ada N${String(1000 + from + at * 10)}`));

async function change({ instance, letterId }: OpenLetter, id: string, values: object) {
  const { signatures } = instance.store.read.tables;
  await instance.store.inTransaction(async (tx) => {
    await holdLetter(tx, letterId);
    await tx
      .update(signatures)
      .set({ rank: null, printedName: null, searchText: null, ...values })
      .where(and(eq(signatures.id, id), eq(signatures.letterId, letterId)));
  });
}

const renamed = ({ instance, letterId }: OpenLetter, id: string, name: string) => ({
  sealed: seal(instance.keys, signaturePlace(letterId, id), { capacity: 'personal', name }),
});

async function agree(letter: OpenLetter) {
  const row = await letterRow(letter);
  expect((await signatureRows(letter)).filter(({ rank, status }) => status === 'listed' && rank === null)).toEqual([]);
  expect(await rankedPlaces(letter, row)).toEqual(await sortedPlaces(letter, row));
}

/** The same instance; something else is done once before its next transaction. */
function interrupted(instance: Instance, act: () => Promise<unknown>): Instance {
  let acted = false;
  const { store } = instance;
  return {
    ...instance,
    store: {
      ...store,
      async inTransaction(work) {
        if (!acted) {
          acted = true;
          await act();
        }
        return await store.inTransaction(work);
      },
    },
  };
}

/** Counts what is read of signatures. */
function counting(instance: Instance) {
  const looks = { count: 0 };
  const { store } = instance;
  const read = new Proxy(store.read, {
    get(target, name) {
      if (typeof name === 'symbol') looks.count++;
      return Reflect.get(target, name);
    },
  }) as Reader;
  return { looks, instance: { ...instance, store: { ...store, read } } };
}

describeEachStore('newcomers to a list', (open) => {
  async function start(entries: ReturnType<typeof people>) {
    const letter = await openTestLetter(testInstance((await open()).store));
    const { store } = letter.instance;
    const { letters } = store.read.tables;
    await store.inTransaction(async (tx) => {
      await tx
        .update(letters)
        .set({ block: { personal: { order: 'family-name' } } })
        .where(eq(letters.id, letter.letterId));
    });
    expect((await setRelease(letter.instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, NOW)).ok).toBe(true);
    await addEntries(letter, entries);
    await settleRanks(letter);
    const ids = (await signatureRows(letter)).map(({ id }) => id);
    return { letter, ids };
  }

  it('share their looks with each other and with those who came before them', async () => {
    const { letter } = await start(numbered(400));
    const { looks, instance } = counting(letter.instance);
    const ranking = async (entries: ReturnType<typeof people>) => {
      await addEntries(letter, entries);
      looks.count = 0;
      await rankDue(instance, NOW);
      await agree(letter);
      return looks.count;
    };
    const alone = await ranking(people('Ada N1735'));
    const again = await ranking(people('Ada N1736'));
    expect(again).toBeLessThan(alone);
    const twenty = await ranking(numbered(20, 2503));
    expect(twenty / 20).toBeLessThan(alone / 2);
  });

  it('find their places though an entry between which they stand has left, or got another name and its old rank again', async () => {
    const { letter, ids } = await start(people('Ada Bee', 'Ada Gnu', 'Ada Owl', 'Ada Yak'));
    const gnu = ids[1] ?? '';
    await addEntries(letter, people('Ada Hen'));
    await rankDue(letter.instance, NOW);
    await agree(letter);
    const ranks = async () => new Map((await signatureRows(letter)).map(({ id, rank }) => [id, rank]));
    const before = (await ranks()).get(gnu);
    // By another process, which knows nothing of what is known here.
    await change(letter, gnu, { ...renamed(letter, gnu, 'Ada Cow'), rank: before });
    await addEntries(letter, people('Ada Fox', 'Ada Doe'));
    await rankDue(letter.instance, NOW);
    await agree(letter);
    await change(letter, gnu, { status: 'withdrawn' });
    await addEntries(letter, people('Ada Cat', 'Ada Dog', 'Ada Ant'));
    await rankDue(letter.instance, NOW);
    await agree(letter);
  });

  // Red where only the two that it was looked for between are looked for anew.
  it('find their places at once though every entry around them has left', async () => {
    const { letter } = await start(people('Ada Bee', 'Ada Yak'));
    const left = await addEntries(letter, people('Ada Dog', 'Ada Elk', 'Ada Fox', 'Ada Hen', 'Ada Kid', 'Ada Owl', 'Ada Pig', 'Ada Ram'));
    await rankDue(letter.instance, NOW);
    await agree(letter);
    for (const id of left) await change(letter, id, { status: 'withdrawn' });
    await addEntries(letter, people('Ada Gnu', 'Ada Jay'));
    await rankDue(letter.instance, NOW);
    await agree(letter);
  });

  it('wait where a neighbour changes between the look and the write, and stand right at once', async () => {
    const { letter, ids } = await start(people('Ada Bee', 'Ada Gnu', 'Ada Owl', 'Ada Yak'));
    const [, gnu = '', owl = ''] = ids;
    const rank = (await signatureRows(letter)).find(({ id }) => id === gnu)?.rank;
    await addEntries(letter, people('Ada Fox', 'Ada Pig'));
    await rankDue(
      interrupted(letter.instance, () => change(letter, gnu, { ...renamed(letter, gnu, 'Ada Cow'), rank })),
      NOW,
    );
    await agree(letter);
    await addEntries(letter, people('Ada Kid', 'Ada Nit'));
    await rankDue(
      interrupted(letter.instance, () => change(letter, owl, { status: 'withdrawn' })),
      NOW,
    );
    await agree(letter);
    // The newcomer itself.
    const [elk = ''] = await addEntries(letter, people('Ada Elk'));
    await rankDue(
      interrupted(letter.instance, () => change(letter, elk, renamed(letter, elk, 'Ada Zoe'))),
      NOW,
    );
    await settleRanks(letter);
    await agree(letter);
    await addEntries(letter, people('Ada Ape'));
    // Somebody else’s newcomer stands in the gap by then.
    await rankDue(
      interrupted(letter.instance, async () => {
        await addEntries(letter, people('Ada Asp'));
        await rankDue({ ...letter.instance }, NOW);
      }),
      NOW,
    );
    await settleRanks(letter);
    await agree(letter);
  });

  it('find their places at once in a list that was sorted anew', async () => {
    const { letter } = await start(numbered(30));
    const { letters } = letter.instance.store.read.tables;
    await addEntries(letter, numbered(3, 1005));
    await rankDue(letter.instance, NOW);
    await letter.instance.store.inTransaction(async (tx) => {
      await tx
        .update(letters)
        .set({ block: { personal: { order: 'signing' } }, rankedAs: null })
        .where(eq(letters.id, letter.letterId));
    });
    await settleRanks(letter);
    for (let round = 0; round < 3; round++) {
      await addEntries(letter, numbered(3, 10_000 + round));
      await rankDue(letter.instance, NOW);
      await agree(letter);
    }
  });

  // Red where whoever found a list unranked queues it once more after somebody else has ranked it: its readers wait a second time.
  it('find a list that is ranked once, though another look at it was under way', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    expect((await setRelease(letter.instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, NOW)).ok).toBe(true);
    await addEntries(letter, numbered(10));
    await rankDue(
      interrupted(letter.instance, () => settleRanks(letter)),
      NOW,
    );
    const { rankGeneration } = await letterRow(letter);
    await settleRanks(letter);
    expect((await letterRow(letter)).rankGeneration).toBe(rankGeneration);
    await agree(letter);
  });
});
