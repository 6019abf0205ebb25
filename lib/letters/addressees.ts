import type { StoredAddressee } from '../../db/schema/tables/letters.ts';

/**
 * Addressees as they are typed: one a paragraph, the name on its first line, the office on the second, an address on the rest.
 * `typedAddressees` gives back what `readAddressees` read.
 */
export function readAddressees(typed: string): readonly StoredAddressee[] {
  return typed
    .split(/\n[^\S\n]*\n+/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .flatMap(([name, office, ...lines]) => (name === undefined ? [] : [{ name, office: office ?? null, lines }]));
}

export function typedAddressees(addressees: readonly StoredAddressee[]): string {
  return addressees.map(({ name, office, lines }) => [name, ...(office === null ? [] : [office]), ...lines].join('\n')).join('\n\n');
}
