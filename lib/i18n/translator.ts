import { IntlMessageFormat } from 'intl-messageformat';
import { type Direction, languageDirection } from '../text/direction.ts';
import { isolate } from './isolate.ts';
import { type AnyLocale, DEFAULT_LOCALE, PSEUDO_LOCALE } from './locales.ts';
import { isMessageKey, type MessageKey, messageOf } from './messages.ts';
import { pseudoMessage } from './pseudo.ts';

export type MessageValues = Readonly<Record<string, string | number>>;
/** What a tag of a message (`<link>…</link>`) is made into. */
export type Wrapper<Node> = (children: (string | Node)[]) => Node;

export interface Translator {
  readonly locale: AnyLocale;
  readonly direction: Direction;
  /** A sentence. Texts among the values are isolated where their direction is another than the sentence's. */
  (key: MessageKey, values?: MessageValues): string;
  /** A sentence with tags; gives the pieces in order. */
  rich<Node>(key: MessageKey, values: MessageValues, wrappers: Readonly<Record<string, Wrapper<Node>>>): readonly (string | Node)[];
  /** The sentence of the first key that exists: the way from the particular to the general. The last one is typed, so there always is one. */
  first(particular: readonly string[], general: MessageKey, values?: MessageValues): string;
}

// Parsed messages hold no request's state, so all requests may share them; a translator they may not.
const parsed = new Map<string, IntlMessageFormat>();

function formatOf(locale: AnyLocale, key: MessageKey): IntlMessageFormat {
  const id = `${locale} ${key}`;
  const known = parsed.get(id);
  if (known) return known;
  const text = locale === PSEUDO_LOCALE ? pseudoMessage(messageOf(DEFAULT_LOCALE, key)) : messageOf(locale, key);
  const format = new IntlMessageFormat(text, locale === PSEUDO_LOCALE ? DEFAULT_LOCALE : locale);
  parsed.set(id, format);
  return format;
}

/** A translator for one request, mail or document. */
export function translator(locale: AnyLocale): Translator {
  const direction = languageDirection(locale);
  const safe = (values: MessageValues = {}): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? isolate(value, direction) : value]),
    );
  const say = (key: MessageKey, values?: MessageValues): string => String(formatOf(locale, key).format(safe(values)));
  return Object.assign(say, {
    locale,
    direction,
    rich<Node>(key: MessageKey, values: MessageValues, wrappers: Readonly<Record<string, Wrapper<Node>>>) {
      const made = formatOf(locale, key).format<Node>({ ...safe(values), ...wrappers } as Record<string, string | number | Wrapper<Node>>);
      return (Array.isArray(made) ? made : [made]) as (string | Node)[];
    },
    first(particular: readonly string[], general: MessageKey, values?: MessageValues) {
      return say(particular.find(isMessageKey) ?? general, values);
    },
  });
}
