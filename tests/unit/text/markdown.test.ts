import { describe, expect, it } from 'vitest';
import { firstStrongDirection, languageDirection } from '../../../lib/text/direction.ts';
import { acceptUrl } from '../../../lib/text/links.ts';
import { BODY_LIMIT, parseMarkdown } from '../../../lib/text/markdown.ts';
import { serialise } from '../../../lib/text/serialise.ts';
import { superscriptRuns } from '../../../lib/text/superscript-runs.ts';

const faultsOf = (markdown: string): unknown => {
  const parsed = parseMarkdown(markdown);
  return parsed.ok ? [] : parsed.reason.map(({ reason, values }) => [reason, values?.['line']]);
};
const rewritten = (markdown: string): string => {
  const parsed = parseMarkdown(markdown);
  return parsed.ok ? serialise(parsed.value) : JSON.stringify(parsed.reason);
};

describe('emphasis beside scripts without spaces', () => {
  it.each([
    ['私は**「自由」**を', '私&#x306F;**「自由」**&#x3092;'],
    ['**重要。**次', '**重要。**&#x6B21;'],
    ['说*“好”*吗', '&#x8BF4;*“好”*&#x5417;'],
    ['**"자유"**를', '**"자유"**&#xB97C;'],
    ['***「強」***と', '_**「強」**_&#x3068;'],
  ])('is emphasis in %s', (typed, written) => {
    expect(rewritten(typed)).toBe(written);
    expect(rewritten(written)).toBe(written);
  });
  it('is as CommonMark has it everywhere else', () => {
    expect(rewritten('a*"b"*c')).toBe('a\\*"b"\\*c');
    expect(rewritten('2 * 3 * 4')).toBe('2 \\* 3 \\* 4');
    expect(rewritten('中 * 文')).toBe('中 \\* 文');
    expect(rewritten('中_文_中')).toBe('中\\_文\\_中');
  });
});

describe('parseMarkdown', () => {
  it.each([
    ['a\n\n<div>x</div>', [['raw-html', 3]]],
    ['a <b>x', [['raw-html', 1]]],
    ['x\n\n![cat](https://example.org/cat.png)', [['image', 3]]],
    ['```\ncode\n```', [['code-block', 1]]],
    ['see\n[this](javascript:alert(1))', [['bad-link', 2]]],
    ['[this](data:text/html,x)', [['bad-link', 1]]],
    ['[this](/path)', [['bad-link', 1]]],
    ['[bank](https://bank.example@evil.example/)', [['bad-link', 1]]],
    ['a\n\n[^x]: nobody refers to this', [['footnote-unreferenced', 3]]],
    ['a[^x]\n\n[^x]: one\n\n[^x]: two', [['footnote-repeated', 5]]],
    ['| a |\n| --- |\n| 1 | 2 |', [['table-row-too-long', 3]]],
    ['1. a\n2.\n3. c', [['empty-list-item', 2]]],
    ['fine\n\n&#x202E;evil', [['forbidden-character', 3]]],
    ['a\nb\nc\u200B', [['forbidden-character', 3]]],
  ])('names what is wrong with %j and where', (markdown, faults) => {
    expect(faultsOf(markdown)).toEqual(faults);
  });

  it('keeps what other dialects would drop or turn into code', () => {
    expect(rewritten('[Note]: see below')).toBe('\\[Note\\]: see below');
    expect(rewritten('    indented by a word processor')).toBe('indented by a word processor');
    expect(rewritten('a `tick` b')).toBe('a \\`tick\\` b');
    expect(rewritten('a < b & c')).toBe('a \\< b & c');
  });

  it('writes equal letters alike', () => {
    expect(rewritten('Title\n=====\n\n* a\n* b\n\n***\n\n__bold__ and _em_')).toBe('# Title\n\n- a\n- b\n\n___\n\n**bold** and *em*');
    expect(rewritten('我們\n請求')).toBe('我們請求');
    expect(rewritten('one\ntwo')).toBe('one two');
    expect(rewritten('23^rd^ session, 2^10^')).toBe('23^rd^ session, 2^10^');
  });

  it.each([
    ['- - | a |\n    | --- |\n- b', '- - | a |\n    | --- |\n- b'],
    ['x[^1]\n\n[^1]: one\n\n    - - |  |\n        | --- |\n    - a', 'x[^1]\n\n[^1]: one\n\n    - - |  |\n        | --- |\n    - a'],
    ['- - | a |\n    | --- |\n\n- b', '- - | a |\n    | --- |\n\n- b'],
    ['- - Title\n    ===\n- b', '- - # Title\n- b'],
    ['- - Title\n    ===\n\n- b', '- - # Title\n\n- b'],
    ['- a\n-\n- b', '- a\n- b'],
    ['- a\n-\n\n- b', '- a\n\n- b'],
    ['- a\n\n-\n- b', '- a\n\n- b'],
    ['- - a\n  -\n\n- b', '- - a\n\n- b'],
    ['> - a\n>\n> - b', '> - a\n>\n> - b'],
  ])('takes %j for tight exactly where no line in it is empty', (typed, written) => {
    expect(rewritten(typed)).toBe(written);
  });

  it('numbers footnotes by first reference', () => {
    expect(rewritten('b[^z] a[^y] b[^z]\n\n[^y]: why\n[^z]: zed')).toBe('b[^1] a[^2] b[^1]\n\n[^1]: zed\n\n[^2]: why');
  });

  it('refuses what is too long, too deep or too tangled, without delay', () => {
    expect(faultsOf('a'.repeat(2_000_000))).toEqual([['too-long', undefined]]);
    expect(faultsOf(`${'> '.repeat(10_000)}a`)).toEqual([['too-complex', 1]]);
    expect(faultsOf(`${'>'.repeat(10_000)}a`)).toEqual([['too-complex', 1]]);
    const deep = Array.from({ length: 40 }, (_, level) => `${'  '.repeat(level)}- x`).join('\n');
    expect(parseMarkdown(deep)).toMatchObject({ ok: false, reason: [{ reason: 'nested-too-deep' }] });
    for (const mark of [
      '[',
      '![',
      '](',
      '*a ',
      '**a_',
      '_',
      '^a',
      '<',
      '|',
      '[^a]',
      '- a\n',
      '> a\n',
      '&#',
      '\\',
      '`',
      '~~~\n',
      '1. ',
      '# a\n',
      'a\n\n',
    ]) {
      const text = mark.repeat(Math.floor(BODY_LIMIT / mark.length));
      const before = process.cpuUsage();
      parseMarkdown(text);
      const used = process.cpuUsage(before);
      expect([mark, (used.user + used.system) / 1e6 < 10]).toEqual([mark, true]);
    }
  }, 120_000);
});

describe('acceptUrl', () => {
  it('gives one spelling', () => {
    expect(acceptUrl('HTTPS://Example.ORG/a b(c)')).toBe('https://example.org/a%20b%28c%29');
    expect(acceptUrl('mailto:desk@example.org')).toBe('mailto:desk@example.org');
    for (const bad of [
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      ' data:x',
      'vbscript:x',
      'file:///etc/passwd',
      'example.org',
      '//example.org',
      '',
    ]) {
      expect(acceptUrl(bad)).toBeNull();
    }
  });
});

describe('superscriptRuns', () => {
  it('takes superscripts out of a line', () => {
    expect(superscriptRuns('23^rd^ session')).toEqual([
      { type: 'text', value: '23' },
      { type: 'superscript', children: [{ type: 'text', value: 'rd' }] },
      { type: 'text', value: ' session' },
    ]);
    expect(superscriptRuns('a ^ b ^ c')).toEqual([{ type: 'text', value: 'a ^ b ^ c' }]);
  });
});

describe('direction', () => {
  it('follows the script of the language', () => {
    expect(['fa', 'ar-EG', 'he', 'ur', 'ckb', 'yi', 'dv', 'az-Arab', 'pa-PK', 'en-XB'].map(languageDirection)).toEqual(
      Array(10).fill('rtl'),
    );
    expect(['en', 'az', 'fa-Latn', 'pa', 'zh', 'not a tag', ''].map(languageDirection)).toEqual(Array(7).fill('ltr'));
  });
  it('finds the first strong letter', () => {
    expect(firstStrongDirection('12 — نامه letter')).toBe('rtl');
    expect(firstStrongDirection('(a) نامه')).toBe('ltr');
    expect(firstStrongDirection('12 – 3')).toBeNull();
  });
});
