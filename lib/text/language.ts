export interface LanguageAndScript {
  readonly language: string;
  readonly script: string | null;
}

/** The language and the likely script of a BCP 47 tag, in their present spelling (`iw` → he, `zh-TW` → Hant), or null for no such tag. */
export function languageAndScript(tag: string): LanguageAndScript | null {
  // A letter's own tag is asked for once for each of a million signatories.
  if (last === null || last.tag !== tag) last = { tag, found: read(tag) };
  return last.found;
}

let last: { readonly tag: string; readonly found: LanguageAndScript | null } | null = null;

function read(tag: string): LanguageAndScript | null {
  try {
    const locale = new Intl.Locale(tag);
    return { language: locale.language, script: locale.maximize().script ?? null };
  } catch {
    return null;
  }
}

/** The entry of a table by language for `tag`: that of its script (`zh-Hant`) before that of the language (`zh`); undefined for none. */
export function entryForLanguage<Value>(table: Readonly<Record<string, Value>>, tag: string): Value | undefined {
  const found = languageAndScript(tag);
  if (found === null) return undefined;
  const key = `${found.language}-${found.script}`;
  if (Object.hasOwn(table, key)) return table[key];
  return Object.hasOwn(table, found.language) ? table[found.language] : undefined;
}
