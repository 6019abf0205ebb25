import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Finding, findingKey, findingsOf, unwaived } from '../../../lib/letters/checks.ts';
import { placeholdersIn } from '../../../lib/letters/placeholders.ts';
import { linksIn, oddLink, referencesIn } from '../../../lib/letters/text-links.ts';

/** Put together, so that our own check does not take it for a note of ours. */
const NOTE = ['TO', 'DO'].join('');

const now = new Date('2026-03-02T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const text = (change: object = {}) => ({
  language: 'en',
  addressees: [{ name: 'Ms Ottoline Varga', office: 'Minister of Waters', lines: [] }],
  headline: 'The river belongs to everyone',
  subtitle: '',
  salutation: 'Dear Minister,',
  body: 'We ask you to open the banks again.',
  closing: 'Yours sincerely,',
  disclaimer: '',
  reference: '',
  cc: [],
  revision: 1,
  basedOn: null,
  ...change,
});
const translation = (change: object = {}) => text({ language: 'fr', basedOn: 1, ...change });
const letter = { date: '2026-03-02', place: 'Varn', block: {}, deadlineAt: later(500) };
const short = ({ check, language, part, line, found }: Finding) => [check, language, part, line, found];
const found = (...texts: ReturnType<typeof text>[]) => findingsOf(letter, texts, now).map(short);

describe('the checks before a freeze', () => {
  it('find nothing in a finished letter', () => {
    expect(found(text(), translation())).toEqual([]);
  });

  it('name each finding with its language, part and line', () => {
    expect(found(text({ body: 'One.\n\nSee [the plan](http://river.example/plan).\n\nTBD', closing: 'Sincerely, [name]' }))).toEqual([
      ['plain-http', 'en', 'body', 3, 'http://river.example/plan'],
      ['placeholder', 'en', 'body', 5, 'TBD'],
      ['placeholder', 'en', 'closing', null, '[name]'],
    ]);
  });

  it('find a translation that is older than its source, or of which nobody knows', () => {
    expect(found(text({ revision: 4 }), translation({ basedOn: 3 }))).toEqual([['translation-older', 'fr', null, null, '']]);
    expect(found(text(), translation({ basedOn: null }))).toEqual([['translation-older', 'fr', null, null, '']]);
  });

  it('find the parts a translation lacks, and none that the source lacks too', () => {
    expect(found(text({ subtitle: 'Now' }), translation({ closing: '', addressees: [], disclaimer: 'Plus.' }))).toEqual([
      ['part-missing', 'fr', 'subtitle', null, ''],
      ['part-missing', 'fr', 'closing', null, ''],
      ['part-missing', 'fr', 'addressees', null, ''],
    ]);
  });

  it('find a deadline that is less than a day away', () => {
    const at = (hours: number) => findingsOf({ ...letter, deadlineAt: later(hours) }, [text()], now).map(({ check }) => check);
    expect(at(23)).toEqual(['deadline-soon']);
    expect(at(24)).toEqual([]);
  });

  it('find that the letter bears no date, and take a reason for it', () => {
    const findings = findingsOf({ ...letter, date: null }, [text()], now);
    expect(findings.map(short)).toEqual([['date-missing', null, null, null, '']]);
    expect(unwaived(findings, {})).toHaveLength(1);
    expect(unwaived(findings, { [findingKey(findings[0] as Finding)]: 'It gets that of its delivery.' })).toEqual([]);
  });

  it('look at the place and at the headings of the list', () => {
    const block = { personal: { heading: 'TBD people', headings: { fr: '[nom] ???', de: 'TBD' } } };
    expect(findingsOf({ ...letter, place: 'TBD', block }, [text(), translation()], now).map(short)).toEqual([
      ['placeholder', null, 'place', null, 'TBD'],
      ['placeholder', 'en', 'heading', null, 'TBD'],
      ['placeholder', 'fr', 'heading', null, '???'],
    ]);
  });

  it('find links by reference, which lead nowhere, in order of their lines', () => {
    const body = 'See [the plan][1] TBD.\n\nAnd [the\nlaw][].\n\n[1]: https://river.example/plan';
    expect(found(text({ body, closing: 'With [our][us] regards,' }))).toEqual([
      ['reference-link', 'en', 'body', 1, '[the plan][1]'],
      ['placeholder', 'en', 'body', 1, 'TBD'],
      ['reference-link', 'en', 'body', 3, '[the law][]'],
      ['reference-link', 'en', 'body', 6, '[1]: https://river.example/plan'],
      ['reference-link', 'en', 'closing', null, '[our][us]'],
    ]);
  });

  it('take a reason for each, and an empty one for none', () => {
    const findings = findingsOf(letter, [text({ body: `TBD and ${NOTE}` })], now);
    const [first, second] = findings.map(findingKey) as [string, string];
    expect(first).not.toBe(second);
    expect(unwaived(findings, {})).toHaveLength(2);
    expect(unwaived(findings, { [first]: ' ' })).toHaveLength(2);
    expect(unwaived(findings, { [first]: 'It is the name of their list.' }).map(findingKey)).toEqual([second]);
  });

  it('let nobody wave through what they do not show', () => {
    const body = (lines: number) => Array.from({ length: lines }, (_, line) => `http://river.example/${line}`).join('\n\n');
    const fifty = findingsOf(letter, [text({ body: body(50) })], now);
    const waivers = (findings: readonly Finding[]) => Object.fromEntries(findings.map((finding) => [findingKey(finding), 'So be it.']));
    expect(unwaived(fifty, waivers(fifty))).toEqual([]);
    const beyond = findingsOf(letter, [text({ body: body(51) })], now);
    expect(beyond.map(({ check }) => check)).toEqual([...Array(50).fill('plain-http'), 'more']);
    expect(unwaived(beyond, waivers(beyond)).map(short)).toEqual([['more', 'en', null, null, '']]);
  });

  it('end soon on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (body) => {
        const findings = findingsOf(letter, [text({ body })], now);
        expect(new Set(findings.map(findingKey)).size).toBe(findings.length);
      }),
    );
  });
});

describe('placeholder words', () => {
  it.each([
    ['The date is TBD.', ['TBD']],
    [`${NOTE}: say more`, [NOTE]],
    [`in XX${'X'} and XX`, [`XX${'X'}`, 'XX']],
    ['Lorem ipsum dolor', ['Lorem ipsum']],
    ['I, [name], of [your organisation]', ['[name]', '[your organisation]']],
    ['he said “…” to them', ['“…”']],
    ['in [ ] days, in [...] weeks', ['[ ]', '[...]']],
    ['to be confirmed', ['to be confirmed']],
    ['signed ____ on ???', ['???', '____']],
    ['جناب آقای [نام]، لورم ایپسوم', ['لورم ایپسوم', '[نام]']],
    ['این بخش تکمیل شود', ['تکمیل شود']],
  ])('%s', (line, expected) => {
    expect([...placeholdersIn(line)].sort()).toEqual([...expected].sort());
  });

  it.each([
    'A mastodon, a todo list in lower case',
    'He wrote: “they [sic] went”',
    'as said before[^1]',
    'See [the plan](https://river.example/name)',
    'The year XIX and article XXIV of the charter',
    'Really?',
    '“We ask … and wait”',
    'نام رودخانه',
  ])('none in: %s', (line) => {
    expect(placeholdersIn(line)).toEqual([]);
  });
});

describe('links', () => {
  it('take no longer than their line, whatever stands in it', () => {
    const line = `See https://river.example/${')'.repeat(40_000)}a`;
    const before = performance.now();
    expect(linksIn(line)).toEqual([line.slice(4)]);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('are seen without the slashes that make them lead anywhere', () => {
    expect(linksIn('See [the plan](https:river.example) on https: pages.')).toEqual(['https:river.example']);
  });

  it('are found without the marks that end their sentence', () => {
    expect(linksIn('See https://a.example/b, (https://c.example/d_(e)) and [f](https://g.example/h).')).toEqual([
      'https://a.example/b',
      'https://c.example/d_(e)',
      'https://g.example/h',
    ]);
    expect(linksIn('No link here: https or www alone')).toEqual([]);
    expect(linksIn('See htps://river.example/a, or.http://b.example')).toEqual(['htps://river.example/a', 'http://b.example']);
  });

  it.each([
    ['[the plan][1]', ['[the plan][1]']],
    ['[plan][] and [law][l-2].', ['[plan][]', '[law][l-2]']],
    ['[the [old] plan][1]', ['[the [old] plan][1]']],
    ['a [*plan*](https://a.example) [b][c]', ['[b][c]']],
    ['  [1]: <https://a.example> "Plan"', ['[1]: <https://a.example> "Plan"']],
  ])('by reference: %s', (typed, expected) => {
    expect([...referencesIn(typed).values()].flat()).toEqual(expected);
  });

  it.each([
    'as said[^1][^2]',
    'He wrote [sic][^1]',
    '[Note]: see below',
    '[sic] [1]',
    '\\[a][b]',
    '[a\\][b]',
    '[in his words][the plan](https://a.example)',
    '[a\n\nb][c]',
    'so it is [1].',
  ])('by reference, none in: %s', (typed) => {
    expect(referencesIn(typed).size).toBe(0);
  });

  it('by reference are found soon in any brackets', () => {
    const pieces = ['[', '[a', '[a][', '[[a]', '](', '\\[', '[ [x] ', '[a][b]\n'];
    const found = pieces.map((piece) => referencesIn(piece.repeat(200_000 / piece.length)).size);
    expect(found).toEqual([0, 0, 0, 0, 0, 0, 0, 28_571]);
  });

  it.each([
    ['https://river.example/plan', null],
    ['https://рiver.example/', null],
    ['mailto:desk@river.example', null],
    ['http://river.example', 'plain-http'],
    ['https://river', 'odd-link'],
    ['https://https://river.example', 'odd-link'],
    ['https:/river.example', 'odd-link'],
    ['http://localhost:3000/x', 'odd-link'],
    ['https://192.168.0.1/', 'odd-link'],
    ['https://river..example', 'odd-link'],
    ['www.river.example', 'odd-link'],
    ['https:river.example', 'odd-link'],
    ['https://river.example/https://weir.example/a', null],
    ['https://archive.example/web/2020/https://weir.example/report', null],
    ['https://river.example/?next=https://weir.example/', null],
    ['https://river.example/ahttps://weir.example/', 'odd-link'],
    ['https://otto:weir@river.example', 'odd-link'],
    ['mailto:desk', 'odd-link'],
    ['htps://river.example', 'odd-link'],
    ['ftp://river.example', 'odd-link'],
  ])('%s is %s', (link, expected) => {
    expect(oddLink(link)).toBe(expected);
  });
});
