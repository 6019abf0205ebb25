import type { Tables, Tx } from '../../db/store.ts';

/** Least rows that satisfy the tables, for tests of the store itself; tests of the product use its commands. */
type Row<Name extends keyof Tables> = Tables[Name]['$inferInsert'];

export const INSTANT = new Date('2026-03-04T05:06:07.089Z');

/** A person, their coalition `coa_1`, and their membership `mem_1`. */
export async function insertCoalition(tx: Tx): Promise<void> {
  const { people, coalitions, members } = tx.tables;
  await tx.insert(people).values({ id: 'per_1', emailIndex: Buffer.of(1), sealed: Buffer.of(1), createdAt: INSTANT });
  await tx.insert(coalitions).values({ id: 'coa_1', slug: 'river-watch', name: 'River Watch', settings: {}, createdAt: INSTANT });
  await tx.insert(members).values({ id: 'mem_1', coalitionId: 'coa_1', personId: 'per_1', role: 'owner', createdAt: INSTANT });
}

export const letterRow = (id: string, more: Partial<Row<'letters'>> = {}): Row<'letters'> => ({
  id,
  coalitionId: 'coa_1',
  slug: id,
  kind: 'open-letter',
  preset: 'coalition-letter',
  status: 'draft',
  release: 'invited-only',
  authenticLanguage: 'en',
  zone: 'Europe/Lisbon',
  block: {},
  policies: {},
  createdBy: 'mem_1',
  createdAt: INSTANT,
  updatedAt: INSTANT,
  ...more,
});

export async function insertLetter(tx: Tx, id: string, more: Partial<Row<'letters'>> = {}): Promise<void> {
  await tx.insert(tx.tables.letters).values(letterRow(id, more));
}

/** A version with its text; its id is `ver_` and the letter's. */
export async function insertVersion(tx: Tx, letterId: string): Promise<string> {
  const { letterVersions, versionTexts } = tx.tables;
  const id = `ver_${letterId}`;
  await tx.insert(letterVersions).values({ id, letterId, number: 1, change: 'first', frozenAt: INSTANT, frozenBy: 'mem_1' });
  await tx.insert(versionTexts).values({
    versionId: id,
    language: 'en',
    authentic: true,
    canonical: 'The dam must go.',
    fingerprint: '0'.repeat(64),
    cc: [],
    frozenAt: INSTANT,
  });
  return id;
}

/** A signing of one signature; both ids carry `name`. */
export async function insertSignature(tx: Tx, letterId: string, name: string, more: Partial<Row<'signatures'>> = {}): Promise<boolean> {
  const { signings, signatures } = tx.tables;
  const signingId = `sgn_${name}`;
  await tx.insert(signings).values({
    id: signingId,
    letterId,
    origin: 'online',
    proof: 'confirmation',
    sealed: Buffer.of(1),
    wording: 'consent/1',
    language: 'en',
    createdAt: INSTANT,
  });
  const inserted = await tx
    .insert(signatures)
    .values({
      id: `sig_${name}`,
      letterId,
      signingId,
      position: [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7),
      capacity: 'personal',
      status: 'listed',
      publication: 'public',
      sealed: Buffer.of(1),
      flags: [],
      signedAt: INSTANT,
      ...more,
    })
    .onConflictDoNothing()
    .returning({ id: signatures.id });
  return inserted.length === 1;
}

export async function insertConsent(tx: Tx, name: string, versionId: string): Promise<void> {
  await tx.insert(tx.tables.consents).values({
    signatureId: `sig_${name}`,
    versionId,
    language: 'en',
    fingerprint: '0'.repeat(64),
    wording: 'consent/1',
    givenAt: INSTANT,
  });
}
