const digitsByLanguage = new Map<string, string>();

/** A number in the digits of the language, ungrouped. */
export function localNumber(language: string, value: number): string {
  let digits = digitsByLanguage.get(language);
  if (digits === undefined) {
    const format = new Intl.NumberFormat(language, { useGrouping: false });
    digits = Array.from({ length: 10 }, (_, digit) => format.format(digit)).join('');
    digitsByLanguage.set(language, digits);
  }
  const plain = String(value);
  return digits.startsWith('0') ? plain : Array.from(plain, (digit) => digits[Number(digit)] ?? digit).join('');
}
