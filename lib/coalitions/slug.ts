import type { Random } from '../shared/ids.ts';

const LONGEST = 40;

/**
 * A name as part of an address: ASCII letters, digits and hyphens, at most 40; `fallback` where the name has none (Persian, Chinese).
 * Letters lose their marks: `Société` gives `societe`.
 */
export function slugOf(name: string, fallback: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? fallback : slug;
}

/** The same with an ending that makes a taken one free. */
export const slugWithEnding = (slug: string, random: Random): string => `${slug}-${random(4).toString('hex')}`;
