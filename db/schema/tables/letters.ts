import type { Columns } from '../tables.ts';
import * as values from '../values.ts';
import type { definePeople } from './people.ts';
import type { defineRecords } from './records.ts';

/** A letter, its texts while drafted, and the versions that were frozen. Triggers in the migrations keep versions as they are. */
export function defineLetters(
  c: Columns,
  { coalitions, members }: ReturnType<typeof definePeople>,
  { blobs }: Pick<ReturnType<typeof defineRecords>, 'blobs'>,
) {
  const letters = c.table(
    'letters',
    {
      id: c.id(),
      coalitionId: c
        .text()
        .notNull()
        .references(() => coalitions.id, { onDelete: 'cascade' }),
      /** Permanent: `/l/<slug>`. */
      slug: c.text().notNull(),
      kind: c.choice(values.letterKinds).notNull(),
      preset: c.choice(values.presets).notNull(),
      status: c.choice(values.letterStatuses).notNull(),
      release: c.choice(values.releases).notNull(),
      releaseAt: c.instant(),
      /** "Hide all names now": wins over every release. */
      namesHidden: c.bool().notNull().default(false),
      /** The plain printed names are filled and may be read; hiding flips this first and empties them after. */
      printedNames: c.bool().notNull().default(false),
      /** Counts the times its whole list was ranked; each rank begins with the one it belongs to. */
      rankGeneration: c.int().notNull().default(0),
      /** By what its list was ranked; null while it is being ranked, or was never. */
      rankedAs: c.text(),
      authenticLanguage: c.text().notNull(),
      /** ISO calendar date and place are outside the canonical text: they may be set at delivery. */
      date: c.text(),
      place: c.text(),
      zone: c.text().notNull(),
      deadlineAt: c.instant(),
      block: c.json<unknown>().notNull(),
      policies: c.json<unknown>().notNull(),
      /** From whom its mails come, where answers to them go, and the coordinator's own words of the invitation. */
      mails: c.json<StoredLetterMails>(),
      /** An invented letter to try things on: it never sends mail, and one step deletes it. */
      sample: c.bool().notNull().default(false),
      /** Counts saves of the draft, of whichever part; a freeze names the one it saw. */
      revision: c.int().notNull().default(1),
      /** The revision that last changed what the letter has once (deadline, preset, block …); a save of these names the one it saw. */
      settingsRevision: c.int().notNull().default(1),
      liveVersionId: c.text(),
      organisationCount: c.int().notNull().default(0),
      personCount: c.int().notNull().default(0),
      /** Of these, those who stand in an addendum: the rest is the list that was delivered. */
      addendumOrganisationCount: c.int().notNull().default(0),
      addendumPersonCount: c.int().notNull().default(0),
      signatureSequence: c.int().notNull().default(0),
      logSize: c.int().notNull().default(0),
      logFrontier: c.bytes(),
      createdBy: c
        .text()
        .notNull()
        .references(() => members.id),
      createdAt: c.instant().notNull(),
      updatedAt: c.instant().notNull(),
      openedAt: c.instant(),
      closedAt: c.instant(),
      deliveredAt: c.instant(),
      withdrawnAt: c.instant(),
      withdrawnReason: c.text(),
      replacedBy: c.text(),
      /** The withdrawn letter in whose place this one stands. */
      replaces: c.text(),
      /** Out of the way of the desk's list; nothing else changes. */
      archivedAt: c.instant(),
      /** The letterhead as it was at the delivery; null until then, while the letter has the coalition's present one. */
      letterhead: c.json<StoredLetterhead>(),
      /** The picture over its lines. It stays for as long as a letter names it, whatever the coalition does with its logo. */
      letterheadLogo: c.text().references(() => blobs.id),
      deletedAt: c.instant(),
    },
    (t) => [
      c.uniqueIndex('letters_slug_key').on(t.slug),
      c.index('letters_by_coalition').on(t.coalitionId, t.updatedAt, t.id),
      // The sample, and the letter last made: each asked for by a page whose cost must not grow with the letters.
      c.index('letters_by_creation').on(t.coalitionId, t.sample, t.createdAt, t.id),
      // Asked before a picture goes.
      c.index('letters_by_letterhead_logo').on(t.letterheadLogo).where(c.sql`letterhead_logo is not null`),
      c.check('letters_counts', c.sql`${t.organisationCount} >= 0 and ${t.personCount} >= 0`),
    ],
  );

  const letterTexts = c.table(
    'letter_texts',
    {
      letterId: c
        .text()
        .notNull()
        .references(() => letters.id, { onDelete: 'cascade' }),
      language: c.text().notNull(),
      headline: c.text().notNull(),
      subtitle: c.text().notNull().default(''),
      addressees: c.json<readonly StoredAddressee[]>().notNull(),
      cc: c.json<readonly string[]>().notNull(),
      reference: c.text().notNull().default(''),
      salutation: c.text().notNull().default(''),
      body: c.text().notNull(),
      closing: c.text().notNull().default(''),
      disclaimer: c.text().notNull().default(''),
      /** The letter's revision that this text was last saved in; a save names the one it saw. */
      revision: c.int().notNull().default(1),
      /** The revision of the authentic text that a translation was last brought in line with; null in the authentic text itself. */
      basedOn: c.int(),
      updatedAt: c.instant().notNull(),
      updatedBy: c
        .text()
        .notNull()
        .references(() => members.id),
    },
    (t) => [c.primaryKey({ columns: [t.letterId, t.language] })],
  );

  /** Every save of a draft, whole: what was there, who wrote it and when. Ends with the draft's own life only when the letter goes. */
  const draftSaves = c.table(
    'draft_saves',
    {
      id: c.id(),
      letterId: c
        .text()
        .notNull()
        .references(() => letters.id, { onDelete: 'cascade' }),
      /** Gapless per letter, in the order of saving. */
      number: c.int().notNull(),
      kind: c.choice(values.draftSaveKinds).notNull(),
      part: c.choice(values.draftParts).notNull(),
      language: c.text(),
      /** The letter's revision it made; for one set aside the revision it was typed over. */
      revision: c.int().notNull(),
      content: c.json<unknown>().notNull(),
      savedBy: c
        .text()
        .notNull()
        .references(() => members.id),
      savedAt: c.instant().notNull(),
    },
    (t) => [c.uniqueIndex('draft_saves_number_key').on(t.letterId, t.number)],
  );

  /** What members say about a draft to one another. */
  const draftComments = c.table(
    'draft_comments',
    {
      id: c.id(),
      letterId: c
        .text()
        .notNull()
        .references(() => letters.id, { onDelete: 'cascade' }),
      memberId: c
        .text()
        .notNull()
        .references(() => members.id),
      text: c.text().notNull(),
      createdAt: c.instant().notNull(),
      settledAt: c.instant(),
      settledBy: c.text().references(() => members.id),
    },
    (t) => [c.index('draft_comments_by_letter').on(t.letterId, t.createdAt, t.id)],
  );

  const letterVersions = c.table(
    'letter_versions',
    {
      id: c.id(),
      letterId: c
        .text()
        .notNull()
        .references(() => letters.id, { onDelete: 'cascade' }),
      number: c.int().notNull(),
      change: c.choice(values.versionChanges).notNull(),
      frozenAt: c.instant().notNull(),
      frozenBy: c
        .text()
        .notNull()
        .references(() => members.id),
    },
    (t) => [c.uniqueIndex('letter_versions_number_key').on(t.letterId, t.number)],
  );

  const versionTexts = c.table(
    'version_texts',
    {
      versionId: c
        .text()
        .notNull()
        .references(() => letterVersions.id, { onDelete: 'cascade' }),
      language: c.text().notNull(),
      authentic: c.bool().notNull(),
      /** `undersigned-text/1`: what page, mail and PDF of a frozen letter are made from. */
      canonical: c.text().notNull(),
      /** 64 hex digits of SHA-256 over `canonical`. */
      fingerprint: c.text().notNull(),
      /** Outside the canonical text. */
      reference: c.text().notNull().default(''),
      cc: c.json<readonly string[]>().notNull(),
      frozenAt: c.instant().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.versionId, t.language] }), c.index('version_texts_fingerprint').on(t.fingerprint)],
  );

  return { letters, letterTexts, draftSaves, draftComments, letterVersions, versionTexts };
}

export interface StoredLetterhead {
  /** The coalition's public name: stands for a picture where none can be. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** What one letter's mails say of their own; what is left out is as the coalition has it. */
export interface StoredLetterMails {
  readonly fromName?: string;
  readonly replyTo?: string;
  /** Of invitations, by the language of the mail. */
  readonly wording?: Readonly<Record<string, { readonly subject: string; readonly message: string }>>;
}

export interface StoredAddressee {
  readonly name: string;
  readonly office: string | null;
  readonly lines: readonly string[];
}
