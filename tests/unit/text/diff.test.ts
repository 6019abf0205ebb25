import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPart, diffTexts } from '../../../lib/text/diff.ts';

const joined = (parts: readonly DiffPart[], ...kinds: readonly DiffPart['kind'][]): string =>
  parts
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('');

const short = (before: string, after: string, language = 'en'): string =>
  diffTexts(before, after, language)
    .map(({ kind, text }) => (kind === 'equal' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('');

describe('the difference of two texts', () => {
  it('names words, not letters', () => {
    expect(short('We ask you to open the banks.', 'We urge you to open both banks.')).toBe(
      'We [-ask-]{+urge+} you to open [-the-]{+both+} banks.',
    );
    expect(short('one\n\ntwo\n', 'one\n\ntwo\n\nthree\n')).toBe('one\n\ntwo\n{+\nthree\n+}');
  });

  it('takes a phrase whose words all changed as one', () => {
    expect(short('Open the old gate today.', 'Open a new door today.')).toBe('Open [-the old gate-]{+a new door+} today.');
  });

  it('finds words where no spaces stand between them, and from right to left', () => {
    expect(short('河流属于所有人', '河流不属于任何人', 'zh-Hans')).toMatch(/^河流/);
    expect(short('رودخانه از آن همه است', 'رودخانه از آن ما است', 'fa')).toBe('رودخانه از آن [-همه-]{+ما+} است');
  });

  it('has nothing to say of equal texts, and all of an empty one', () => {
    expect(diffTexts('', '', 'en')).toEqual([]);
    expect(diffTexts('a b', 'a b', 'en')).toEqual([{ kind: 'equal', text: 'a b' }]);
    expect(diffTexts('', 'a b', 'en')).toEqual([{ kind: 'added', text: 'a b' }]);
    expect(diffTexts('a b', '', 'no such tag')).toEqual([{ kind: 'removed', text: 'a b' }]);
  });

  it('gives up on finding what two long texts have in common, and still loses nothing', () => {
    const before = Array.from({ length: 6000 }, (_, index) => `a${index}`).join(' ');
    const after = Array.from({ length: 6000 }, (_, index) => `b${index}`).join(' ');
    expect(diffTexts(before, after, 'en')).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  });

  const word = fc.constantFrom(
    'we',
    'ask',
    'the',
    'river',
    ' ',
    ' ',
    '\n',
    '\r\n',
    '.',
    'آب',
    '水',
    'e\u0301',
    '👩‍👩‍👧',
    '\u202e',
    '\ud800',
  );
  const made = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
  const any = fc.oneof(made, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

  it('gives both texts back whole, whatever is in them', () => {
    fc.assert(
      fc.property(any, any, fc.constantFrom('en', 'fa', 'zh-Hans', 'th', 'x'), (before, after, language) => {
        const parts = diffTexts(before, after, language);
        expect(joined(parts, 'equal', 'removed')).toBe(before);
        expect(joined(parts, 'equal', 'added')).toBe(after);
        expect(parts.every(({ text }) => text !== '')).toBe(true);
        for (const [index, { kind }] of parts.entries()) expect(parts[index + 1]?.kind).not.toBe(kind);
      }),
    );
  });

  it('marks nothing else where one word was put in', () => {
    fc.assert(
      fc.property(made, made, (start, end) => {
        const parts = diffTexts(`${start} \n${end}`, `${start} \nupstream\n${end}`, 'en');
        expect(joined(parts, 'removed')).toBe('');
        expect(joined(parts, 'added').length).toBe('upstream\n'.length);
      }),
    );
  });
});
