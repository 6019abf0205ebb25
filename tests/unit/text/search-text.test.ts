import { describe, expect, it } from 'vitest';
import { searchTextOf, soughtIn } from '../../../lib/text/search-text.ts';
import { honestNames } from '../../support/names.ts';

const finds = (typed: string, text: string): boolean => soughtIn(typed).every((word) => searchTextOf(text).includes(word));

describe('what an entry is found by', () => {
  it('is each of its names, in every script, whole and by its beginning', () => {
    for (const name of honestNames) {
      expect(finds(name, name), name).toBe(true);
      expect(finds(name.toLowerCase(), `${name}, Harbour Forum`), name).toBe(true);
      expect(finds([...new Intl.Segmenter().segment(name)][0]?.segment ?? '', name), name).toBe(true);
    }
  });

  it.each([
    ['garcia pena', 'Ana García Peña'],
    ['pena ana', 'Ana García Peña'],
    ['strasse', 'Bündnis Straße'],
    ['lodz', 'Łódź River Watch'],
    ['oesterland', 'Œsterland'],
    ['ismail', 'İSMAİL Kılınç'],
    ['kilinc', 'İSMAİL Kılınç'],
    ['otierny', "Brónagh O'Tierny"],
    ['گل اندام', 'گل اندام چمن'],
    ['گلاندام', 'گل‌اندام'],
    ['علي', 'علی'],
    ['北京', '中国北京大学'],
  ])('finds by %s: %s', (typed, text) => {
    expect(finds(typed, text)).toBe(true);
  });

  it.each([
    ['eter', 'Peter Moor'],
    ['%', ''],
    ['कि', 'का'],
  ])('does not find by %s: %s', (typed, text) => {
    expect(soughtIn(typed).length > 0 && finds(typed, text)).toBe(false);
  });

  it('means nothing to a pattern', () => {
    expect(soughtIn("a%b_c!d\\e'f\0g\uD800")).toEqual([' a', ' b', ' c', ' d', ' ef', ' g']);
    expect(soughtIn('x '.repeat(50))).toHaveLength(8);
  });
});
