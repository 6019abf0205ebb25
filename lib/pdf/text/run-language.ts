import type { HanForm } from './families.ts';
import { hasRightToLeft, leadingScript, type Script, scriptOfLanguage } from './scripts.ts';

/** Scripts that as good as one language is written in today; of the others only the script can be told. */
const SPOKEN: Partial<Readonly<Record<Script, string>>> = {
  Grek: 'el',
  Armn: 'hy',
  Geor: 'ka',
  Hebr: 'he',
  Syrc: 'syr',
  Thaa: 'dv',
  Guru: 'pa',
  Gujr: 'gu',
  Orya: 'or',
  Taml: 'ta',
  Telu: 'te',
  Knda: 'kn',
  Mlym: 'ml',
  Sinh: 'si',
  Tibt: 'bo',
  Thai: 'th',
  Laoo: 'lo',
  Khmr: 'km',
  Mymr: 'my',
  Kana: 'ja',
  Hang: 'ko',
  Cher: 'chr',
};

const HAN: Readonly<Record<HanForm, string>> = { SC: 'zh-Hans', TC: 'zh-Hant', JP: 'ja', KR: 'ko' };
/** Scripts whose texts have Han characters of their own. */
const WITH_HAN: ReadonlySet<Script> = new Set(['Kana', 'Hang']);

/**
 * BCP 47, for a screen reader's voice: of text whose script is not that of the letter's language. Empty for the letter's own, null for
 * what belongs to no script. Text from right to left is read from its element, which says its language itself: null as well.
 */
export function languageOfRun(text: string, { language, han }: { readonly language: string; readonly han: HanForm }): string | null {
  const script = leadingScript(text);
  if (script === 'Zyyy') return null;
  const own = scriptOfLanguage(language);
  if (script === 'Hani') return languageOfHan(text, own, han);
  if (script === own) return '';
  return SPOKEN[script] ?? `und-${script}`;
}

/** Blocks set in the fonts of Han characters hold letters of others, narrow or wide. */
function languageOfHan(text: string, own: Script, han: HanForm): string | null {
  if (/\p{sc=Han}/u.test(text)) return own === 'Hani' || WITH_HAN.has(own) ? '' : HAN[han];
  if (/\p{sc=Bopo}/u.test(text)) return own === 'Hani' ? '' : 'zh-Hant';
  if (/\p{sc=Kana}|\p{sc=Hira}/u.test(text)) return own === 'Kana' ? '' : 'ja';
  if (/\p{sc=Hang}/u.test(text)) return own === 'Hang' ? '' : 'ko';
  if (/\p{sc=Latn}/u.test(text)) return own === 'Latn' ? '' : 'und-Latn';
  return null;
}

/**
 * BCP 47 of a text from right to left, by its script, and among the languages of the Arabic script by their letters; undefined where it
 * is the letter's own, or runs from left to right.
 */
export function languageOfReordered(text: string, language: string): string | undefined {
  if (!hasRightToLeft(text)) return undefined;
  const script = leadingScript(text);
  if (script === 'Zyyy' || script === scriptOfLanguage(language)) return undefined;
  if (script === 'Arab') return /[\u067e\u0686\u0698\u06a9\u06af\u06cc]/.test(text) ? 'fa' : 'ar';
  return SPOKEN[script] ?? `und-${script}`;
}
