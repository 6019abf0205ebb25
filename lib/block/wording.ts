import { IntlMessageFormat } from 'intl-messageformat';
import { longDate } from '../document/dates.ts';
import { entryForLanguage, languageAndScript } from '../text/language.ts';
import { blockMessages } from './messages.ts';

/** The words of a signatory block, each in ICU message syntax. */
export interface BlockMessages {
  readonly initiators: string;
  readonly personalCapacity: string;
  readonly identificationNote: string;
  /** `{count}` */
  readonly organisations: string;
  /** `{count}` */
  readonly people: string;
  /** `{count}`: signatures counted whose names this edition doesn't show. */
  readonly unnamed: string;
  /** `{date}`: in long form. */
  readonly addendum: string;
}

export interface BlockWording {
  readonly initiators: string;
  readonly personalCapacity: string;
  readonly identificationNote: string;
  readonly organisations: (count: number) => string;
  readonly people: (count: number) => string;
  readonly unnamed: (count: number) => string;
  /** Of an ISO calendar date. */
  readonly addendum: (day: string) => string;
  /** What stands between the parts of an entry: `, `, `، `, `、`. */
  readonly comma: string;
  /** Between an acronym and what follows it in the same parentheses. */
  readonly semicolon: string;
}

/** The block's words in the letter's language, English where there are none; plural forms and digits are that language's own. */
export function blockWording(language: string): BlockWording {
  const own = entryForLanguage(blockMessages, language);
  const messages = own ?? blockMessages['en'];
  if (messages === undefined) throw new Error('the English words of the block are missing');
  const primary = own === undefined ? 'en' : languageOf(language);
  const counted = (message: string): ((count: number) => string) => {
    // Only when a number is asked for: most callers want a comma, and the first message of a process costs 20 ms.
    let format: IntlMessageFormat | undefined;
    return (count) => {
      format ??= new IntlMessageFormat(message, primary);
      return String(format.format({ count }));
    };
  };
  return {
    initiators: messages.initiators,
    personalCapacity: messages.personalCapacity,
    identificationNote: messages.identificationNote,
    organisations: counted(messages.organisations),
    people: counted(messages.people),
    unnamed: counted(messages.unnamed),
    addendum: (day) => messages.addendum.replace('{date}', () => longDate(own === undefined ? 'en' : language, day)),
    ...separators(language),
  };
}

const languageOf = (tag: string): string => languageAndScript(tag)?.language ?? 'en';

const ARABIC_COMMA = new Set(['ar', 'arc', 'azb', 'ckb', 'fa', 'glk', 'ks', 'lrc', 'mzn', 'pnb', 'prs', 'ps', 'sd', 'ug', 'ur']);

function separators(language: string): { readonly comma: string; readonly semicolon: string } {
  const primary = languageOf(language);
  if (ARABIC_COMMA.has(primary)) return { comma: '، ', semicolon: '؛ ' };
  if (primary === 'zh' || primary === 'yue') return { comma: '，', semicolon: '；' };
  if (primary === 'ja') return { comma: '、', semicolon: '；' };
  return { comma: ', ', semicolon: '; ' };
}
