import { describe, expect, it } from 'vitest';
import { findPrintOrder, type PlacedRecord, sectionsInOrder } from '../../../lib/block/print-order.ts';
import { type GivenBlockSettings, type SignatoryRecord, sourceOf, withDefaults } from '../../../lib/block/record.ts';
import { makeSections } from '../../../lib/block/sections.ts';

const LIST: readonly SignatoryRecord[] = [
  { capacity: 'personal', name: 'Zoë Nordahlen', organisation: 'Quay Union', country: 'Peru' },
  { capacity: 'organisation', organisation: 'The Harbour Forum', name: 'Ines Sol' },
  { capacity: 'personal', publication: 'counted' },
  { capacity: 'personal', name: 'Ana Aldermoor', signedAt: '2026-02-01T10:00:00Z', country: 'Ghana' },
  { capacity: 'organisation', organisation: 'Delta Watch' },
  { capacity: 'personal', name: 'Mara Bécourt', signedAt: '2026-01-01T10:00:00Z' },
  { capacity: 'personal', name: 'Founding Person', section: 'initiators' },
  { capacity: 'personal', name: 'Shy Person', publication: 'addressee' },
  { capacity: 'personal', name: 'Later Person', addendum: '2026-03-09' },
  { capacity: 'organisation', organisation: 'Early Union', addendum: '2026-03-02' },
  { capacity: 'personal', publication: 'counted', addendum: '2026-03-09' },
  { capacity: 'personal', name: 'Ada Later', addendum: '2026-03-09' },
];
const places = (index: number) => index * 3 + 1;

async function* placed(list: readonly SignatoryRecord[]): AsyncGenerator<readonly PlacedRecord[]> {
  for (const [index, record] of list.entries()) yield [{ place: places(index), record }];
}

const recordsIn = (list: readonly SignatoryRecord[]) => async (wanted: readonly number[]) =>
  wanted.flatMap((place) => list[(place - 1) / 3] ?? []);

const ORDERS = ['signing', 'manual', 'alphabetical', 'family-name', 'given-name', 'country'] as const;

describe('the order in which a list prints', () => {
  it.each(ORDERS)('gives the very sections that the records give: %s', async (order) => {
    for (const edition of ['public', 'addressee'] as const) {
      const given: GivenBlockSettings = { organisations: { order }, personal: { order, columns: 2 }, counts: true, numbered: true };
      const input = { settings: withDefaults(given), language: 'en', edition } as const;
      const remembered = await findPrintOrder(placed(LIST), input);
      const found = sectionsInOrder(remembered, input, recordsIn(LIST)).map(({ section }) => section);
      const expected = await makeSections({ source: sourceOf(LIST), ...input });
      const whole = async (sections: typeof expected) => {
        const read: object[] = [];
        for (const { batches, ...head } of sections) {
          const entries: unknown[] = [];
          for await (const batch of batches()) entries.push(...batch);
          read.push({ ...head, entries });
        }
        return read;
      };
      expect(await whole(found)).toEqual(await whole(expected));
    }
  });

  it('gives any page of a section, and an empty one behind its end', async () => {
    const input = { settings: withDefaults({ personal: { order: 'given-name' } }), language: 'en', edition: 'public' } as const;
    const [, , personal] = sectionsInOrder(await findPrintOrder(placed(LIST), input), input, recordsIn(LIST));
    const names = async (from: number, count: number) => (await personal?.page(from, count))?.map(({ lines }) => lines[0]);
    expect(await names(0, 2)).toEqual(['Ana Aldermoor', 'Mara Bécourt']);
    expect(await names(2, 2)).toEqual(['Zoë Nordahlen']);
    expect(await names(3, 2)).toEqual([]);
  });

  it('leaves out of a page who has left the list since', async () => {
    const input = { settings: withDefaults(), language: 'en', edition: 'public' } as const;
    const [, organisations] = sectionsInOrder(await findPrintOrder(placed(LIST), input), input, async (wanted) =>
      (await recordsIn(LIST)(wanted)).filter(({ organisation }) => organisation !== 'Delta Watch'),
    );
    expect((await organisations?.page(0, 10))?.map(({ lines }) => lines[0])).toEqual(['The Harbour Forum']);
  });
});
