import { ensurePerson } from '../../lib/auth/person.ts';
import { startSession } from '../../lib/auth/session.ts';
import { addCoalition, addMember } from '../../lib/coalitions/founding.ts';
import type { Instance } from '../../lib/instance.ts';
import { newId } from '../../lib/shared/ids.ts';
import { address } from '../support/coalition.ts';

export interface DeskSize {
  readonly letters: number;
  /** Of the letters: the oldest, the farthest from where a list begins. */
  readonly archived: number;
  readonly members: number;
  /** Of the letter that was changed last. */
  readonly saves: number;
}

export interface Desk {
  /** The session of its owner. */
  readonly cookie: string;
  readonly coalitionId: string;
  /** The letter with the saves. */
  readonly letterId: string;
}

/** A word of so many headlines that each desk but the smallest has a page of them. */
export const SOUGHT = 'ferry';

const BODY = 'Whoever lives by the water knows what it gives, and what it takes. '.repeat(120);
const CHUNK = 50;

const chunksOf = (count: number): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(count / CHUNK) }, (_, chunk) =>
    Array.from({ length: Math.min(CHUNK, count - chunk * CHUNK) }, (_unused, index) => chunk * CHUNK + index),
  );

/** A coalition written straight into the tables, in short transactions: nobody could type it. */
export async function writeDesk(instance: Instance, name: string, size: DeskSize, now: Date): Promise<Desk> {
  const { random, store } = instance;
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const coalitionId = await store.inTransaction((tx) => addCoalition(tx, instance, name, ago(100_000)));
  const members: { readonly id: string; readonly personId: string }[] = [];
  for (const chunk of chunksOf(size.members)) {
    await store.inTransaction(async (tx) => {
      for (const index of chunk) {
        const known = { email: address(`member-${index}@${name}.example`), name: `Member ${index}` };
        const { id: personId } = await ensurePerson(tx, instance, known, now);
        const given = { coalitionId, personId, role: index === 0 ? 'owner' : 'drafter', organisation: `Organisation ${index}` } as const;
        members.push({ id: (await addMember(tx, instance, given, ago(50_000 - index))).id, personId });
      }
    });
  }
  const memberOf = (index: number) => members[index % members.length]?.id ?? '';
  const soughtEvery = Math.max(1, Math.floor(size.letters / 100));
  const letterIds = Array.from({ length: size.letters }, () => newId('let', random));
  const draft = { kind: 'open-letter', preset: 'coalition-letter', status: 'draft', release: 'invited-only' } as const;
  for (const chunk of chunksOf(size.letters)) {
    const letters = chunk.map((index) => ({
      ...draft,
      id: letterIds[index] ?? '',
      coalitionId,
      slug: `${coalitionId}-${index}`,
      authenticLanguage: 'en',
      zone: 'UTC',
      block: {},
      policies: {},
      createdBy: memberOf(index),
      createdAt: ago(10 * index),
      updatedAt: ago(10 * index),
      archivedAt: index >= size.letters - size.archived ? now : null,
    }));
    const texts = chunk.map((index) => ({
      letterId: letterIds[index] ?? '',
      language: 'en',
      headline: index % soughtEvery === 0 ? `Keep the ${SOUGHT} running ${index}` : `Wells stay open ${index}`,
      body: BODY,
      addressees: [{ name: 'The Mayor', office: null, lines: [] }],
      cc: [],
      updatedAt: now,
      updatedBy: memberOf(index),
    }));
    await store.inTransaction(async (tx) => {
      await tx.insert(tx.tables.letters).values(letters);
      await tx.insert(tx.tables.letterTexts).values(texts);
    });
  }
  const letterId = letterIds[0] ?? '';
  for (const chunk of chunksOf(size.saves)) {
    const saves = chunk.map((index) => ({
      id: newId('dsv', random),
      letterId,
      number: index + 1,
      kind: 'saved' as const,
      part: 'text' as const,
      language: 'en',
      revision: index + 1,
      content: { headline: 'Wells stay open', body: `${BODY}${index}` },
      savedBy: memberOf(index),
      savedAt: ago(size.saves - index),
    }));
    await store.inTransaction(async (tx) => void (await tx.insert(tx.tables.draftSaves).values(saves)));
  }
  const cookie = await store.inTransaction((tx) => startSession(tx, instance, members[0]?.personId ?? '', now));
  return { cookie, coalitionId, letterId };
}
