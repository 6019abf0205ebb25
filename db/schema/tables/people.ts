import type { Columns } from '../tables.ts';
import * as values from '../values.ts';

/**
 * People who run letters, and the coalitions they run them in. An address is sealed; its keyed index finds the row again.
 * A sealed value carries its key version and is bound to its table and id (`lib/crypto/seal.ts`).
 */
export function definePeople(c: Columns) {
  const people = c.table(
    'people',
    {
      id: c.id(),
      emailIndex: c.bytes().notNull(),
      /** `{ email, name }` */
      sealed: c.bytes().notNull(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.uniqueIndex('people_email_key').on(t.emailIndex)],
  );

  const sessions = c.table(
    'sessions',
    {
      id: c.id(),
      tokenHash: c.bytes().notNull(),
      personId: c
        .text()
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      createdAt: c.instant().notNull(),
      /** Last sign-in or set-up proof: step-up asks for one no older than five minutes. */
      provedAt: c.instant().notNull(),
      seenAt: c.instant().notNull(),
      expiresAt: c.instant().notNull(),
    },
    (t) => [c.uniqueIndex('sessions_token_key').on(t.tokenHash), c.index('sessions_person').on(t.personId)],
  );

  const signInTokens = c.table(
    'sign_in_tokens',
    {
      tokenHash: c.bytes().primaryKey(),
      emailIndex: c.bytes().notNull(),
      expiresAt: c.instant().notNull(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.index('sign_in_tokens_email').on(t.emailIndex, t.createdAt)],
  );

  const coalitions = c.table(
    'coalitions',
    {
      id: c.id(),
      slug: c.text().notNull(),
      name: c.text().notNull(),
      settings: c.json<CoalitionSettings>().notNull(),
      logSize: c.int().notNull().default(0),
      logFrontier: c.bytes(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.uniqueIndex('coalitions_slug_key').on(t.slug)],
  );

  const members = c.table(
    'members',
    {
      id: c.id(),
      coalitionId: c
        .text()
        .notNull()
        .references(() => coalitions.id, { onDelete: 'cascade' }),
      personId: c
        .text()
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      role: c.choice(values.roles).notNull(),
      /** `{ organisation }`: whom they come from. */
      sealed: c.bytes(),
      createdAt: c.instant().notNull(),
      /** A removed member's row stays: audit entries and vouchings name it. */
      removedAt: c.instant(),
    },
    (t) => [c.uniqueIndex('members_person_key').on(t.coalitionId, t.personId), c.index('members_by_person').on(t.personId)],
  );

  const organisations = c.table(
    'organisations',
    {
      id: c.id(),
      coalitionId: c
        .text()
        .notNull()
        .references(() => coalitions.id, { onDelete: 'cascade' }),
      name: c.text().notNull(),
      /** Until a registry exists an organisation is (coalition, this). */
      normalisedName: c.text().notNull(),
      acronym: c.text(),
      country: c.text(),
      url: c.text(),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.uniqueIndex('organisations_name_key').on(t.coalitionId, t.normalisedName)],
  );

  return { people, sessions, signInTokens, coalitions, members, organisations };
}

/** What a coalition has once; each part is silent where nobody has said anything. */
export interface CoalitionSettings {
  /** What the coordinators are called to signatories, in place of their own names. */
  readonly publicName?: string;
  /** The name mails come from. */
  readonly senderName?: string;
  readonly replyTo?: string;
  readonly defaultPreset?: values.Preset;
  /** At the head of the first page of page and PDF: lines under the logo. */
  readonly letterhead?: { readonly lines: readonly string[]; readonly logo: boolean };
  /** Id of a stored picture, PNG or JPEG. */
  readonly logo?: string;
}
