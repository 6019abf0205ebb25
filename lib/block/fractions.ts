/**
 * Places between places: fractions of one as hexadecimal digits, without the point and without zeros at the end, so that comparing them
 * as strings, byte by byte, compares them as numbers. Between any two there are more.
 */

const numberOf = (fraction: string, digits: number): bigint => BigInt(`0x0${fraction.padEnd(digits, '0')}`);

/**
 * Fractions between two others, evenly spread, ascending, and as short as that allows.
 * @param low empty for the beginning
 * @param high null for the end
 * @param room digits that each keeps free behind it, for others to come between
 */
export function fractionsBetween(low: string, high: string | null, count: number, room = 0): readonly string[] {
  for (let digits = Math.max(low.length, high?.length ?? 0); ; digits++) {
    const from = numberOf(low, digits);
    const to = high === null ? 16n ** BigInt(digits) : numberOf(high, digits);
    if ((to - from) / BigInt(count + 1) === 0n) continue;
    const wide = digits + room;
    const [start, width] = [from << BigInt(4 * room), (to - from) << BigInt(4 * room)];
    return Array.from({ length: count }, (_, index) => {
      const value = start + (width * BigInt(index + 1)) / BigInt(count + 1);
      return value.toString(16).padStart(wide, '0').replace(/0+$/, '');
    });
  }
}
