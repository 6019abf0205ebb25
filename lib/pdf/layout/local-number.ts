const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number in the digits of the language, ungrouped. */
export function localNumber(language: string, value: number): string {
  let format = numberFormats.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { useGrouping: false });
    numberFormats.set(language, format);
  }
  return format.format(value);
}
