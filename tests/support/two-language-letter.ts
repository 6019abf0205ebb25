import { parseMarkdown } from '../../lib/text/markdown.ts';
import type { Body } from '../../lib/text/tree.ts';
import { honestNames } from './honest-names.ts';
import { documentText, entry, letterDocument, section } from './letter-documents.ts';
import { namesByScript } from './names-by-script.ts';

/** An invented letter, in English with a Persian translation, that has whatever a letter may have, and 300 signatories in every script. */

function body(markdown: string): Body {
  const parsed = parseMarkdown(markdown);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.reason));
  return parsed.value;
}

const ENGLISH = `The river archive holds *four hundred years* of **water levels**, and since the flood nobody may read them.[^1]

## What was promised

> The archive opens again on the first day of spring, to everyone who lives along the river.

1. The reading room was to open in March.
2. The catalogue was to be put on the net:
   - the levels of the 17^th^ century,
   - the maps of the [lower quay](https://river.example/quay).

| Year | Highest level | Who wrote it down |
|---|---|---|
| 1641 | 4.20 m | the keeper of the lower lock, in a hand that few can read |
| 1784 | 5.15 m | the ferry house |

### What we ask

We ask for one thing: open the doors again.[^2] Whoever builds a house by the river has to know how high the water came, and whoever farms
there has to know how long it stayed.

[^1]: The notice at the door names no date and no reason.

[^2]: The keepers have said that they need two rooms and one lamp.
`;

const PERSIAN = `بایگانی رودخانه *چهارصد سال* اندازهٔ **سطح آب** را نگه می‌دارد و از زمان سیل هیچ‌کس اجازهٔ خواندن آن را ندارد.[^1]

## آنچه وعده داده شد

> بایگانی در نخستین روز بهار به روی همهٔ کسانی که کنار رودخانه زندگی می‌کنند باز می‌شود.

1. تالار مطالعه باید در اسفند باز می‌شد.
2. فهرست باید در اینترنت River Net منتشر می‌شد.

| سال | بالاترین سطح | نویسنده |
|---|---|---|
| ۱۶۴۱ | ۴٫۲۰ متر | نگهبان دریچهٔ پایینی |

ما یک چیز می‌خواهیم: درها را دوباره باز کنید.

[^1]: در آگهی روی در نه تاریخی آمده است و نه دلیلی.
`;

const SIGNATORIES = 300;
const names = [...Object.values(namesByScript), ...honestNames].slice(0, SIGNATORIES);
/** Of them the first are printed as organisations, with somebody who signs for them. */
const ORGANISATIONS = 60;

export const twoLanguageSignatories: readonly string[] = names;

export const twoLanguageLetter = letterDocument({
  date: '2026-03-02',
  place: 'Riverton',
  verifyOrigin: 'https://letters.example',
  texts: [
    documentText({
      subtitle: 'A letter of those who live beside it',
      addressees: [{ name: 'Ottoline Varga', office: 'Minister of Waters', lines: ['7 Lock Lane'] }],
      cc: ['The keepers of the archive'],
      reference: 'The closing of the reading room',
      salutation: 'Dear Minister,',
      body: body(ENGLISH),
      closing: 'Yours sincerely,',
      disclaimer: 'Nobody was paid for this letter.',
      fingerprint: '5c0ffee5'.repeat(8),
    }),
    documentText({
      language: 'fa',
      authentic: false,
      headline: 'بایگانی رودخانه را به روی همه باز کنید',
      addressees: [{ name: 'اوتیلیه وارگا', office: 'وزیر آب', lines: [] }],
      salutation: 'خانم وزیر،',
      body: body(PERSIAN),
      closing: 'با احترام،',
      fingerprint: '0ff1ce50'.repeat(8),
    }),
  ],
  sections: [
    section(
      names.slice(0, ORGANISATIONS).map((name, index) => entry(`${name} ${index + 1}`, `${names.at(-1 - index)}, Chair`)),
      { kind: 'organisations', heading: null, columns: 1, countLine: `${ORGANISATIONS} organisations` },
    ),
    section(
      names.slice(ORGANISATIONS).map((name, index) => entry(name, index % 3 === 0 ? 'Teacher, Riverton' : 'Lower Quay')),
      { note: 'Affiliations are given for identification only.', columns: 2 },
    ),
  ],
});
