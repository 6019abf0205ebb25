import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryName } from '../../../lib/block/countries.ts';

const all = (typed: readonly string[], language: string) => [...new Set(typed.map((one) => countryName(one, language)))];

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** All that a letter may be written in here, and some more. */
const LANGUAGES = (
  'en fa ar bg bn ca cs cy da de el es et eu fi fr gu he hi hr hu hy id it ja ka km kn ko ku lo lt lv ml mr ms my nb ne nl pa pl ps pt ro ru si sk ' +
  'sl so sq sr sv sw ta te th tr uk ur vi zh zh-Hant'
).split(' ');

describe('countryName', () => {
  it('writes one name for each country, however it was typed', () => {
    expect(all(['Turkey', 'Türkiye', 'turkiye', 'TR', 'tr', 'Turquie', 'Türkei', 'ترکیه', '🇹🇷', ' Turkey '], 'en')).toEqual(['Türkiye']);
    expect(all(['Netherlands', 'The Netherlands', 'the netherlands', 'Holland', 'Pays-Bas', 'NL'], 'en')).toEqual(['Netherlands']);
    expect(all(['USA', 'U.S.A.', 'US', 'United States of America', 'Unites States', 'Vereinigte Staaten'], 'en')).toEqual([
      'United States',
    ]);
    expect(all(['ایران', 'ايران', 'Iran', 'IRAN', 'Islamic Republic of Iran'], 'fa')).toEqual(['ایران']);
    expect(all(["Cote d'Ivoire", 'Côte d’Ivoire', 'Ivory Coast', 'CI'], 'de')).toEqual(['Côte d’Ivoire']);
    expect(all(['Burma', 'Myanmar', 'MM'], 'fr')).toEqual(['Myanmar (Birmanie)']);
  });

  it('leaves as it was typed what is no country, more than one, or a part of one', () => {
    const typed = [
      'Scotland',
      'Kurdistan',
      'Tibet',
      'Congo',
      'Korea',
      'Freedonia',
      'EU',
      'xx',
      'Republic of China',
      '',
      '—',
      'Peru and Chile',
    ];
    for (const language of ['en', 'fa', 'de', 'zh-Hant', 'x-none']) expect(typed.map((one) => countryName(one, language))).toEqual(typed);
  });

  it('takes no word for a country that is another thing as well', () => {
    const typed = ['NA', 'no', 'CA', 'ga', 'DE', 'YU', 'NT', 'América', 'Man', 'Guiana', 'Конго', '刚果', 'کره'];
    for (const language of ['en', 'fa', 'es', 'ru', 'zh', 'id']) expect(typed.map((one) => countryName(one, language))).toEqual(typed);
    expect(['США', 'DE', '🇩🇪'].map((one) => countryName(one, 'ru'))).toEqual(['Соединенные Штаты', 'DE', 'Германия']);
  });

  it('prints no country for another, in whatever language it was typed', () => {
    const codes = ALPHABET.flatMap((first) => ALPHABET.map((second) => first + second)).filter((code) => code !== 'ZZ');
    const names = (language: string, style: 'long' | 'short') =>
      new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
    const wrong: string[] = [];
    for (const language of LANGUAGES) {
      for (const style of ['long', 'short'] as const) {
        for (const code of codes) {
          const typed = names(language, style).of(code);
          // Two letters are a code first: some languages have them for other countries.
          if (typed === undefined || /^[A-Z]{2}$/.test(typed) || new Intl.Locale(`und-${code}`).region !== code) continue;
          for (const target of ['en', language]) {
            const printed = countryName(typed, target);
            const right = [
              typed,
              names(target, 'long').of(code),
              names(target, 'short').of(code),
              code === 'CD' || code === 'CG' ? printed : '',
            ];
            if (!right.includes(printed)) wrong.push(`${typed} (${language}) → ${printed} (${target})`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('says no more of a place than whoever lives there', () => {
    expect(['Palestine', 'Hong Kong', 'Taiwan', 'Kosovo'].map((one) => countryName(one, 'en'))).toEqual([
      'Palestine',
      'Hong Kong',
      'Taiwan',
      'Kosovo',
    ]);
    expect(['Palestine', 'Hong Kong', 'Taiwan'].map((one) => countryName(one, 'zh-Hant'))).toEqual(['巴勒斯坦', '香港', '台灣']);
    expect(countryName('DR Congo', 'en')).toBe('Democratic Republic of the Congo');
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('takes %s for a word like any other', (typed) => {
    expect(countryName(typed, 'en')).toBe(typed);
  });

  it('is stable: a printed name prints as itself, and any text comes through', () => {
    const languages = fc.constantFrom('en', 'fa', 'fr', 'ar', 'ja', 'ru', 'not a tag');
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom('NO', 'KR', 'CZ', 'CD', 'CG', 'MM', 'TR', 'SZ'), fc.string({ unit: 'binary' })),
        languages,
        (typed, language) => {
          const once = countryName(typed, language);
          expect(countryName(once, language)).toBe(once);
          if (typed.trim() !== '') expect(once).not.toBe('');
        },
      ),
    );
  });
});
