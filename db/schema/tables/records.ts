import type { Columns } from '../tables.ts';
import * as values from '../values.ts';

/** What is kept beside the letters: the audit log, mail to be sent, work to be done, files, short-lived counters. */
export function defineRecords(c: Columns) {
  /** Append-only by trigger; holds nothing personal. Gapless per letter or coalition. */
  const auditEntries = c.table(
    'audit_entries',
    {
      /** Id of the letter or coalition whose log this is. */
      scopeId: c.text().notNull(),
      sequence: c.int().notNull(),
      type: c.text().notNull(),
      at: c.instant().notNull(),
      actorKind: c.choice(values.actorKinds).notNull(),
      actorId: c.text(),
      fingerprint: c.text(),
      commitment: c.bytes().notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.scopeId, t.sequence] }),
      // What the log holds of one signing, for the day it has to be erased.
      c.index('audit_entries_signed').on(t.actorId).where(c.sql`type = 'signed'`),
    ],
  );

  /** Opens the commitment of an entry; erasing it leaves the log whole. */
  const auditRecords = c.table(
    'audit_records',
    {
      scopeId: c.text().notNull(),
      sequence: c.int().notNull(),
      salt: c.bytes().notNull(),
      sealed: c.bytes().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.scopeId, t.sequence] })],
  );

  const outbox = c.table(
    'outbox',
    {
      id: c.id(),
      coalitionId: c.text(),
      letterId: c.text(),
      invitationId: c.text(),
      signingId: c.text(),
      kind: c.text().notNull(),
      /** The lower goes first. */
      priority: c.int().notNull().default(2),
      state: c.choice(values.mailStates).notNull(),
      /** Recipient, subject and words with their live token; wiped in the statement that marks the mail sent. */
      sealed: c.bytes(),
      attempts: c.int().notNull().default(0),
      runAt: c.instant().notNull(),
      claimedUntil: c.instant(),
      createdAt: c.instant().notNull(),
      endedAt: c.instant(),
      lastError: c.text(),
    },
    (t) => [
      c.index('outbox_due').on(t.state, t.runAt),
      c.index('outbox_next').on(t.priority, t.runAt, t.id).where(c.sql`state = 'queued'`),
      c.index('outbox_waiting').on(t.letterId).where(c.sql`state = 'queued'`),
      // The mails of the last hour, for keeping its pace.
      c.index('outbox_sent').on(t.endedAt).where(c.sql`state = 'sent'`),
      c.index('outbox_by_invitation').on(t.invitationId).where(c.sql`invitation_id is not null`),
      c.index('outbox_by_signing').on(t.signingId).where(c.sql`signing_id is not null`),
    ],
  );

  const jobs = c.table(
    'jobs',
    {
      id: c.id(),
      kind: c.text().notNull(),
      /** At most one queued job a key. */
      key: c.text(),
      payload: c.json<unknown>().notNull(),
      state: c.choice(values.jobStates).notNull(),
      attempts: c.int().notNull().default(0),
      runAt: c.instant().notNull(),
      claimedUntil: c.instant(),
      createdAt: c.instant().notNull(),
      endedAt: c.instant(),
      lastError: c.text(),
    },
    (t) => [c.index('jobs_due').on(t.state, t.runAt), c.uniqueIndex('jobs_queued_key').on(t.key).where(c.sql`state = 'queued'`)],
  );

  const blobs = c.table('blobs', {
    id: c.id(),
    coalitionId: c.text().notNull(),
    letterId: c.text(),
    kind: c.choice(values.blobKinds).notNull(),
    mediaType: c.text().notNull(),
    /** Bytes before sealing. */
    size: c.int().notNull(),
    sha256: c.text().notNull(),
    /** A file that holds hidden names is sealed chunk by chunk. */
    sealed: c.bool().notNull(),
    createdAt: c.instant().notNull(),
    /** Null while it is being written and once it is given up: such a file is nobody’s and is cleaned away. */
    activatedAt: c.instant(),
  });

  const blobChunks = c.table(
    'blob_chunks',
    {
      blobId: c
        .text()
        .notNull()
        .references(() => blobs.id, { onDelete: 'cascade' }),
      number: c.int().notNull(),
      bytes: c.bytes().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.blobId, t.number] })],
  );

  const rateCounters = c.table(
    'rate_counters',
    {
      /** Keyed hash of what is limited; its key is dropped within 24 hours. */
      key: c.bytes().notNull(),
      windowStart: c.instant().notNull(),
      count: c.int().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.key, t.windowStart] }), c.index('rate_counters_window').on(t.windowStart)],
  );

  /** A day's secret for the counters' keys; with its row goes the only way to tell whom yesterday's counters counted. */
  const rateKeys = c.table('rate_keys', {
    /** ISO calendar date, UTC. */
    day: c.text().primaryKey(),
    sealed: c.bytes().notNull(),
  });

  /** What somebody typed into a refused form and is too long for the cookie. */
  const formDrafts = c.table('form_drafts', { id: c.id(), sealed: c.bytes().notNull(), expiresAt: c.instant().notNull() }, (t) => [
    c.index('form_drafts_expiry').on(t.expiresAt),
  ]);

  /** One row: proves that the keys file belongs to this database. */
  const instance = c.table('instance', { id: c.id(), keyCheck: c.bytes().notNull(), createdAt: c.instant().notNull() });

  return { auditEntries, auditRecords, outbox, jobs, blobs, blobChunks, rateCounters, rateKeys, formDrafts, instance };
}
