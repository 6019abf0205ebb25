import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockMessages } from '../../../lib/block/messages.ts';
import type { Section } from '../../../lib/block/model.ts';
import { guessFamilyFirst, sortKey } from '../../../lib/block/order.ts';
import type { GivenBlockSettings, Order, SignatoryRecord } from '../../../lib/block/record.ts';
import { sourceOf, withDefaults } from '../../../lib/block/record.ts';
import { makeSections } from '../../../lib/block/sections.ts';
import { blockWording } from '../../../lib/block/wording.ts';
import { runs } from '../../support/property.ts';
import { recordLists } from '../../support/records.ts';

const orders: readonly Order[] = ['signing', 'manual', 'alphabetical', 'family-name', 'given-name', 'country'];

const sectionsOf = (
  list: readonly SignatoryRecord[],
  given: GivenBlockSettings = {},
  language = 'en',
  edition: 'public' | 'addressee' = 'public',
) => makeSections({ source: sourceOf(list), settings: withDefaults(given), language, edition });

const linesOf = async (section: Section | undefined): Promise<string[]> => {
  const lines: string[] = [];
  for await (const batch of section?.batches() ?? []) for (const entry of batch) lines.push(entry.lines.join(' / '));
  return lines;
};

const person = (name: string, more: Partial<SignatoryRecord> = {}): SignatoryRecord => ({ capacity: 'personal', name, ...more });
const organisation = (name: string, more: Partial<SignatoryRecord> = {}): SignatoryRecord => ({
  capacity: 'organisation',
  organisation: name,
  ...more,
});
const personal = async (list: readonly SignatoryRecord[], order: Order, language = 'en') =>
  linesOf((await sectionsOf(list, { personal: { order } }, language)).find(({ kind }) => kind === 'personal'));

describe('makeSections', () => {
  it('prints every record that the edition shows once, twice over, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        recordLists,
        fc.constantFrom(...orders),
        fc.constantFrom('public' as const, 'addressee' as const),
        async (list, order, edition) => {
          const settings = { initiators: { order }, organisations: { order }, personal: { order } };
          const sections = await sectionsOf(list, settings, 'en', edition);
          const shown = list.filter(
            ({ publication = 'public' }) => publication === 'public' || (publication === 'addressee' && edition === 'addressee'),
          );
          const printed: number[] = [];
          for (const section of sections) {
            const lines = await linesOf(section);
            expect(lines).toHaveLength(section.count);
            expect(await linesOf(section)).toEqual(lines);
            printed.push(...lines.map((line) => Number(/#(\d+)/.exec(line)?.[1])));
            if (order === 'manual') expect(printed.slice(-lines.length)).toEqual(printed.slice(-lines.length).toSorted((a, b) => a - b));
          }
          expect(printed.toSorted((a, b) => a - b)).toEqual(shown.map((record) => Number(record.city?.slice(1))));
        },
      ),
      { numRuns: runs(400) },
    );
  });

  it('keeps equals in file order', async () => {
    const list = Array.from({ length: 200 }, (_, index) => person('Ana Marlow', { country: 'Norway', city: `#${index}` }));
    for (const order of orders) expect(await personal(list, order)).toEqual(await personal(list, 'manual'));
  });

  it('puts initiators, organisations and people in this order, and leaves empty ones out', async () => {
    const sections = await sectionsOf([person('A'), organisation('B'), organisation('C', { section: 'initiators' })]);
    expect(sections.map(({ kind, heading }) => [kind, heading])).toEqual([
      ['initiators', 'Initiators:'],
      ['organisations', null],
      ['personal', 'Personal capacity:'],
    ]);
    expect((await sectionsOf([person('A')])).map(({ kind }) => kind)).toEqual(['personal']);
    expect(await sectionsOf([])).toEqual([]);
  });

  it('says that affiliations identify only where one prints', async () => {
    const note = async (record: SignatoryRecord, given: GivenBlockSettings = {}) => (await sectionsOf([record], given))[0]?.note;
    expect(await note(person('A', { organisation: 'School' }))).toBe('Affiliations are given for identification only.');
    expect(await note(person('A'))).toBeNull();
    expect(await note(organisation('A'))).toBeNull();
    expect(await note(person('A', { organisation: 'School', printAs: 'A alone' }))).toBeNull();
    expect(await note(person('A', { organisation: 'School' }), { identificationNote: false })).toBeNull();
  });

  it('counts everybody and shows nobody who asked not to be', async () => {
    const list = [person('A'), person('B', { publication: 'counted' }), person('C', { publication: 'addressee' })];
    const [open] = await sectionsOf(list, { counts: true });
    expect([open?.count, open?.countLine]).toEqual([1, '3 people, 2 of them not named here']);
    expect(await linesOf(open)).toEqual(['A']);
    const [handed] = await sectionsOf(list, { counts: true }, 'en', 'addressee');
    expect([handed?.countLine, await linesOf(handed)]).toEqual(['3 people, 1 of them not named here', ['A', 'C']]);
    expect(await sectionsOf([person('B', { publication: 'counted' })])).toEqual([]);
  });
});

describe('orders', () => {
  it('alphabetical ignores the leading article and quotes, and follows the language', async () => {
    const given = ['The Quay Trust', 'Årsta Club', '“Bright” Fund', 'Zebra Watch', 'An Anchor', 'apple group', 'Group 10', 'Group 9'];
    const sorted = async (language: string) =>
      linesOf(
        (
          await sectionsOf(
            given.map((name) => organisation(name)),
            {},
            language,
          )
        )[0],
      );
    expect(await sorted('en')).toEqual([
      'An Anchor',
      'apple group',
      'Årsta Club',
      '“Bright” Fund',
      'Group 9',
      'Group 10',
      'The Quay Trust',
      'Zebra Watch',
    ]);
    expect((await sorted('sv')).at(-1)).toBe('Årsta Club');
    expect(sortKey(organisation("L'Ancre"), 'alphabetical', 'fr')).toBe('Ancre');
    expect(sortKey(organisation('المرفأ'), 'alphabetical', 'ar')).toBe('مرفأ');
    expect(sortKey(organisation('The'), 'alphabetical', 'en')).toBe('The');
  });

  it('family-name takes what is given, then a guess, and leaves Han, Hangul and Kana names whole', async () => {
    const list = [
      person('Zoe Abbott'),
      person('Ana María Ruiz Vega', { familyName: 'Ruiz Vega' }),
      person('Bo de Marlow Jr.'),
      person('Chloé Quist', { sortAs: 'Aaa' }),
      person('Dr Eve Norden, PhD'),
    ];
    expect(await personal(list, 'family-name')).toEqual([
      'Chloé Quist',
      'Zoe Abbott',
      'Bo de Marlow Jr.',
      'Dr Eve Norden, PhD',
      'Ana María Ruiz Vega',
    ]);
    expect(guessFamilyFirst('欧阳 晚晴', 'en')).toBe('欧阳 晚晴');
    expect(guessFamilyFirst('Kerti Anna', 'hu')).toBe('Kerti, Anna');
    expect(guessFamilyFirst('Plato', 'en')).toBe('Plato');
  });

  it('signing follows the instants, whatever their offset; the rest keep their places', async () => {
    const list = [
      person('late', { signedAt: '2026-03-01T12:00:00Z' }),
      person('after late'),
      person('early', { signedAt: '2026-03-01T13:30:00+02:00' }),
    ];
    expect(await personal(list, 'signing')).toEqual(['early', 'late', 'after late']);
    expect(await personal([person('b'), person('a')], 'signing')).toEqual(['b', 'a']);
  });

  it('country, then name; without a country last', async () => {
    const list = [person('Z'), person('B', { country: 'Norway' }), person('A', { country: 'Norway' }), person('C', { country: 'Chile' })];
    expect(await personal(list, 'country')).toEqual(['C / Chile', 'A / Norway', 'B / Norway', 'Z']);
  });

  it('given-name sorts the whole name', async () => {
    expect(await personal([person('Bo Adams'), person('Al Zorn')], 'given-name')).toEqual(['Al Zorn', 'Bo Adams']);
  });
});

describe('blockWording', () => {
  it('has every word in every language, with plurals for every count', () => {
    for (const language of Object.keys(blockMessages)) {
      const wording = blockWording(language);
      for (const count of [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000]) {
        for (const words of [wording.organisations(count), wording.people(count), wording.unnamed(count)]) {
          expect(words).not.toMatch(/[{}#]|undefined/);
          expect(words.trim()).not.toBe('');
        }
      }
    }
    expect(blockWording('ru').organisations(22)).toBe('22 организации');
    expect(blockWording('fa').people(14)).toBe('۱۴ نفر');
    expect(blockWording('xx').personalCapacity).toBe('Personal capacity:');
    expect(blockWording('fr-CA').personalCapacity).toBe('À titre personnel :');
  });
});

describe('a letter in another language or script', () => {
  it('sorts people by the name that leads', () => {
    const both = person('Mary Major', { familyName: 'Major', names: { fa: 'مری میجر' } });
    expect(sortKey(both, 'family-name', 'fa')).toBe('میجر, مری');
    expect(sortKey(both, 'given-name', 'fa')).toBe('مری میجر');
    expect(sortKey(both, 'family-name', 'en')).toBe('Major, Mary');
  });

  it('takes the words of the script, and of the language behind an older tag', () => {
    expect(blockWording('zh-TW').personalCapacity).toBe('以個人身分：');
    expect(blockWording('zh').personalCapacity).toBe('以个人身份：');
    expect(blockWording('iw').personalCapacity).toBe(blockWording('he').personalCapacity);
    expect(blockWording('uk').people(5)).toBe('5 осіб');
    expect(blockWording('constructor').personalCapacity).toBe('Personal capacity:');
  });
});

describe('an addendum', () => {
  it('stands below the list in sections of its own, counted for itself, and changes nothing of the list', async () => {
    const list = [person('Ana'), person('Shy', { publication: 'addressee' }), organisation('Quay Union')];
    const later = [
      person('Ben', { organisation: 'Pier School', addendum: '2027-05-10' }),
      organisation('Late Union', { addendum: '2027-05-03' }),
      person('Cleo', { publication: 'counted', addendum: '2027-05-10' }),
    ];
    for (const edition of ['public', 'addressee'] as const) {
      const settings = { counts: true, personal: { columns: 2 as const } };
      const alone = await sectionsOf(list, settings, 'en', edition);
      const whole = await sectionsOf([later[0] as SignatoryRecord, ...list, ...later.slice(1)], settings, 'en', edition);
      const plain = async (sections: readonly Section[]) =>
        await Promise.all(sections.map(async ({ batches, ...head }) => ({ ...head, lines: await linesOf({ ...head, batches }) })));
      expect((await plain(whole)).slice(0, alone.length)).toEqual(await plain(alone));
      expect(
        (await plain(whole.slice(alone.length))).map(({ addendum, kind, countLine, note, columns, lines }) => [
          addendum?.heading,
          kind,
          countLine,
          note !== null,
          columns,
          lines,
        ]),
      ).toEqual([
        ['Addendum of 3 May 2027', 'organisations', '1 organisation', false, 1, ['Late Union']],
        ['Addendum of 10 May 2027', 'personal', '2 people, 1 of them not named here', true, 2, ['Ben / Pier School']],
      ]);
    }
  });

  it.each([
    ['fa', 'الحاقیهٔ مورخ ۳ مهٔ ۲۰۲۷'],
    ['de', 'Nachtrag vom 3. Mai 2027'],
    ['zh-Hant', '2027年5月3日補充名單'],
    ['sw', 'Addendum of 3 May 2027'],
  ])('is dated in the words of its language: %s', (language, heading) => {
    expect(blockWording(language).addendum('2027-05-03')).toBe(heading);
  });
});
