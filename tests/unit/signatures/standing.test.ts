import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../lib/i18n/locales.ts';
import { translator } from '../../../lib/i18n/translator.ts';
import { type AnswerStanding, seenByWords, statusWords } from '../../../lib/signatures/mail.ts';

const standing = (given: Partial<AnswerStanding>): AnswerStanding => ({
  status: 'listed',
  flags: [],
  publication: 'public',
  namesHidden: false,
  reader: 'the Assembly',
  ...given,
});

describe('what its owner is told of an entry', () => {
  const t = translator('en');
  const told = (given: Partial<AnswerStanding>) => `${statusWords(t, standing(given))} ${seenByWords(t, standing(given))}`;

  it('never says that a name stands in a list where its owner chose otherwise, or where names are hidden', () => {
    expect(told({})).toContain('stands in the list of signatories. Everybody sees the name');
    expect(told({ publication: 'addressee' })).toBe(
      'It stands in the copy for the Assembly, and in no public list. The name will be handed to the Assembly with the letter, and stands in no public list.',
    );
    expect(told({ publication: 'counted' })).not.toContain('list of signatories');
    expect(told({ namesHidden: true })).toMatch(/not shown for now\. Nobody for now: .*Once they are shown again: Everybody/);
    expect(told({ namesHidden: true, publication: 'counted' })).toBe(told({ publication: 'counted' }));
    expect(told({ status: 'held' })).toMatch(/held until .* Nobody yet\. Once the entry is approved: Everybody/);
  });

  it('has its sentences in every language', () => {
    for (const locale of LOCALES) {
      for (const publication of ['public', 'addressee', 'counted'] as const) {
        for (const namesHidden of [true, false]) {
          const words = statusWords(translator(locale), standing({ publication, namesHidden }));
          expect(words).not.toMatch(/signing\.|\{/);
        }
      }
    }
  });
});
