import * as columns from './columns.postgres.ts';
import { type Columns, defineTables } from './tables.ts';

// The SQLite type is *the* type; PostgreSQL is cast to it here and in open-postgres.ts, nowhere else.
export const {
  auditEntries,
  auditRecords,
  batches,
  blobChunks,
  blobs,
  coalitions,
  consents,
  draftComments,
  draftSaves,
  formDrafts,
  instance,
  invitations,
  jobs,
  letterTexts,
  letterVersions,
  letters,
  links,
  members,
  organisations,
  outbox,
  people,
  rateCounters,
  rateKeys,
  sessions,
  signInTokens,
  signatures,
  signings,
  versionTexts,
} = defineTables(columns as unknown as Columns);
