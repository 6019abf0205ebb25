/** Words that stand where something is still to come; in English, Persian and the Latin that fills layouts. */
// The brackets around one letter keep our own check from taking these for notes of ours.
const WORDS = [
  /(?<![\p{L}\p{N}])(?:TBD|TBC|TBA|TO[D]O|FIXM[E]|XX+)(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?:to be (?:decided|confirmed|announced|added|completed)|insert (?:here|name|date|text))(?![\p{L}\p{N}])/giu,
  /lorem ipsum/giu,
  /لورم ایپسوم|متن (?:آزمایشی|نمونه)|تکمیل (?:شود|می‌شود)|بعداً اضافه شود/gu,
  /\?{3,}|_{4,}/gu,
];

/** Square brackets, and the quotation marks of several scripts around nothing but dots. */
const BRACKETED = /(?<!\])\[(?!\^)([^[\]\n]{0,80})\](?!\()|[“"«‹„]\s*(?:…|\.{3})\s*[”"»›“]/gu;

/** In brackets these are no gap but what an editor says of a quotation: `[sic]`, `[…]` inside one, a number of a note or list. */
const EDITORIAL = /^(?:sic|\d{1,3}|[a-z]|emphasis added|our emphasis)$/iu;
/** What names the thing that is missing. */
const GAP =
  /^(?:\s*|…|\.{2,}|x+|\?+)$|(?<!\p{L})(?:name|names|date|place|city|country|title|office|organi[sz]ation|signature|number|link|url|source|address|addressee|insert|text|quote|figure|نام|تاریخ|محل|شهر|کشور|سازمان|امضا|شماره|پیوند|نشانی|منبع)(?!\p{L})/iu;

/** What in a line looks as if it were still to be filled in, as it stands there. A link's own brackets and a footnote's mark are none. */
export function placeholdersIn(line: string): readonly string[] {
  const found: string[] = [];
  for (const word of WORDS) for (const [match] of line.matchAll(word)) found.push(match);
  for (const [match, inside] of line.matchAll(BRACKETED)) {
    if (inside === undefined || (!EDITORIAL.test(inside.trim()) && GAP.test(inside))) found.push(match);
  }
  return [...new Set(found)];
}
