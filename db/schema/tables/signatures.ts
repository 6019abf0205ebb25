import type { Columns } from '../tables.ts';
import * as values from '../values.ts';
import type { defineLetters } from './letters.ts';
import type { definePeople } from './people.ts';

/**
 * One *signing* is one act of one person and has 1..n *signatures*; a *consent* binds a signature to the version it agreed to.
 * Personal fields are one sealed value a row, found again by keyed indexes that are scoped to the letter.
 */
export function defineSignatures(
  c: Columns,
  { coalitions, members, organisations }: ReturnType<typeof definePeople>,
  { letters, letterVersions }: ReturnType<typeof defineLetters>,
) {
  const ofCoalition = () =>
    c
      .text()
      .notNull()
      .references(() => coalitions.id, { onDelete: 'cascade' });
  const ofLetter = () =>
    c
      .text()
      .notNull()
      .references(() => letters.id, { onDelete: 'cascade' });

  const invitations = c.table(
    'invitations',
    {
      id: c.id(),
      coalitionId: ofCoalition(),
      letterId: ofLetter(),
      capacity: c.choice(values.capacities).notNull(),
      status: c.choice(values.invitationStatuses).notNull(),
      organisationId: c.text().references(() => organisations.id),
      /** `{ email, name, organisation, message, language }` */
      sealed: c.bytes().notNull(),
      addressIndex: c.bytes(),
      /** `{ reason }` of a refusal, in the words of who gave it. */
      answer: c.bytes(),
      consideringUntil: c.text(),
      createdBy: c
        .text()
        .notNull()
        .references(() => members.id),
      createdAt: c.instant().notNull(),
      sentAt: c.instant(),
      openedAt: c.instant(),
      answeredAt: c.instant(),
      /** By hand: its link was shown to the coordinator once and proves no address. */
      channel: c.choice(values.invitationChannels).notNull().default('mail'),
      /** The invitation whose holder passed it on to this one's. */
      passedOnFrom: c.text(),
      /** Reminders sent so far. */
      reminded: c.int().notNull().default(0),
      remindedAt: c.instant(),
      /** The day they named, once they were reminded that it is over. */
      remindedUntil: c.text(),
      /** When it was let answer after the deadline or the close, until the delivery. */
      lateFrom: c.instant(),
    },
    (t) => [
      c.index('invitations_by_letter').on(t.letterId, t.createdAt, t.id),
      // Whose day is over; the walk of a round of reminders.
      c.index('invitations_considering').on(t.consideringUntil).where(c.sql`status = 'considering'`),
      c.index('invitations_walk').on(t.letterId, t.id),
      c.index('invitations_address').on(t.letterId, t.addressIndex),
    ],
  );

  /** An address that anybody may sign by. It is no secret: it always leads to a confirmation. */
  const openLinks = c.table(
    'open_links',
    {
      id: c.id(),
      letterId: ofLetter(),
      /** Permanent: `/sign/<slug>`. Says nothing of the letter. */
      slug: c.text().notNull(),
      /** For whom it was made, in the coordinator's words: "newsletter", "the union's members". */
      label: c.text().notNull().default(''),
      /** Most signings that may be confirmed by it; null: as many as come. */
      cap: c.int(),
      /** Confirmed so far. */
      count: c.int().notNull().default(0),
      expiresAt: c.instant(),
      closedAt: c.instant(),
      createdBy: c
        .text()
        .notNull()
        .references(() => members.id),
      createdAt: c.instant().notNull(),
    },
    (t) => [c.uniqueIndex('open_links_slug_key').on(t.slug), c.index('open_links_by_letter').on(t.letterId, t.createdAt, t.id)],
  );

  const batches = c.table(
    'batches',
    {
      id: c.id(),
      letterId: ofLetter(),
      memberId: c
        .text()
        .notNull()
        .references(() => members.id),
      /** By what means the yes of these people came, in the vouching member's words. */
      means: c.text().notNull(),
      fileHash: c.text().notNull(),
      state: c.choice(values.batchStates).notNull(),
      count: c.int().notNull().default(0),
      heldCount: c.int().notNull().default(0),
      createdAt: c.instant().notNull(),
      activatedAt: c.instant(),
    },
    (t) => [c.index('batches_by_letter').on(t.letterId)],
  );

  const signings = c.table(
    'signings',
    {
      id: c.id(),
      letterId: ofLetter(),
      invitationId: c.text().references(() => invitations.id),
      batchId: c.text().references(() => batches.id),
      openLinkId: c.text().references(() => openLinks.id),
      origin: c.choice(values.origins).notNull(),
      proof: c.choice(values.proofs).notNull(),
      /** `{ email, name }` of who acted; `{}` for a batch. */
      sealed: c.bytes().notNull(),
      addressIndex: c.bytes(),
      /** Id of the versioned consent wording that was shown. */
      wording: c.text().notNull(),
      /** Language the text was read in. */
      language: c.text().notNull(),
      vouchedBy: c.text().references(() => members.id),
      vouchedMeans: c.text(),
      vouchedOn: c.text(),
      createdAt: c.instant().notNull(),
      confirmedAt: c.instant(),
      /** Reminders to confirm that were sent so far. */
      reminded: c.int().notNull().default(0),
    },
    (t) => [
      c.index('signings_by_invitation').on(t.invitationId).where(c.sql`invitation_id is not null`),
      c.index('signings_by_letter').on(t.letterId, t.id),
      c.index('signings_by_address').on(t.letterId, t.addressIndex).where(c.sql`address_index is not null`),
      // Who is to be reminded, and whose act ends without a confirmation.
      c.index('signings_unconfirmed').on(t.createdAt, t.id).where(c.sql`confirmed_at is null`),
    ],
  );

  const signatures = c.table(
    'signatures',
    {
      id: c.id(),
      letterId: ofLetter(),
      signingId: c
        .text()
        .notNull()
        .references(() => signings.id, { onDelete: 'cascade' }),
      batchId: c.text().references(() => batches.id),
      /** Order of signing within the letter. */
      position: c.int().notNull(),
      /** Where a coordinator put it by hand, counted from the head of its section; the others follow in the section's own order. */
      place: c.int(),
      capacity: c.choice(values.capacities).notNull(),
      status: c.choice(values.signatureStatuses).notNull(),
      authority: c.choice(values.authorities),
      publication: c.choice(values.publicationChoices).notNull(),
      organisationId: c.text().references(() => organisations.id),
      /** The signatory record of the letter file, as given. */
      sealed: c.bytes().notNull(),
      addressIndex: c.bytes(),
      nameIndex: c.bytes(),
      /** What somebody should look at: `no-organisation`, `duplicate-organisation`, … */
      flags: c.json<readonly string[]>().notNull(),
      /** What its signatory wants it to become, and has to pass its gates first; until then the entry stays as it is. */
      proposed: c.bytes(),
      proposedAt: c.instant(),
      /** Who held, rejected or approved it last, when, and `{ reason }` in their words. */
      reviewedBy: c.text().references(() => members.id),
      reviewedAt: c.instant(),
      review: c.bytes(),
      /** Filled only for listed signatures of letters whose names may show. */
      printedName: c.text(),
      searchText: c.text(),
      rank: c.text(),
      signedAt: c.instant().notNull(),
      listedAt: c.instant(),
      /** The day, in the letter's zone, that it was listed on after the delivery; null of the list that was delivered. */
      addendum: c.text(),
      endedAt: c.instant(),
    },
    (t) => [
      c.uniqueIndex('signatures_position_key').on(t.letterId, t.position),
      c.index('signatures_by_signing').on(t.signingId),
      c.index('signatures_by_status').on(t.letterId, t.status, t.position),
      c.index('signatures_by_rank').on(t.letterId, t.capacity, t.rank, t.id).where(c.sql`status = 'listed' and rank is not null`),
      // What the ranking still has to do. With the columns that its condition names already: SQLite takes the index that more of a question
      // agrees with, and that would be `signatures_by_status`, with everybody who is listed.
      c
        .index('signatures_unranked')
        .on(t.letterId, t.status, t.rank, t.position)
        .where(c.sql`status = 'listed' and publication = 'public' and rank is null`),
      // Wishes that wait for a coordinator.
      c.index('signatures_proposed').on(t.letterId, t.position).where(c.sql`proposed_at is not null`),
      c.index('signatures_by_place').on(t.letterId, t.place).where(c.sql`place is not null`),
      c
        .uniqueIndex('signatures_live_organisation_key')
        .on(t.letterId, t.organisationId)
        // Not those that nobody has confirmed: whoever types an organisation's name into an open form must not keep it from signing.
        .where(c.sql`capacity = 'organisation' and organisation_id is not null and status in ('confirmed', 'listed')`),
      c
        .uniqueIndex('signatures_live_person_key')
        .on(t.letterId, t.addressIndex, t.nameIndex)
        .where(
          c.sql`capacity = 'personal' and address_index is not null and name_index is not null and status in ('pending', 'confirmed', 'held', 'listed')`,
        ),
    ],
  );

  const consents = c.table(
    'consents',
    {
      signatureId: c
        .text()
        .notNull()
        .references(() => signatures.id, { onDelete: 'cascade' }),
      versionId: c
        .text()
        .notNull()
        .references(() => letterVersions.id),
      language: c.text().notNull(),
      fingerprint: c.text().notNull(),
      wording: c.text().notNull(),
      givenAt: c.instant().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.signatureId, t.versionId] })],
  );

  const links = c.table(
    'links',
    {
      id: c.id(),
      tokenHash: c.bytes().notNull(),
      kind: c.choice(values.linkKinds).notNull(),
      coalitionId: c.text().references(() => coalitions.id, { onDelete: 'cascade' }),
      invitationId: c.text().references(() => invitations.id, { onDelete: 'cascade' }),
      signingId: c.text().references(() => signings.id, { onDelete: 'cascade' }),
      /** `{ email, role }` of a member invitation. */
      sealed: c.bytes(),
      createdAt: c.instant().notNull(),
      expiresAt: c.instant(),
      usedAt: c.instant(),
      revokedAt: c.instant(),
    },
    (t) => [
      c.uniqueIndex('links_token_key').on(t.tokenHash),
      c.index('links_by_invitation').on(t.invitationId).where(c.sql`invitation_id is not null`),
      c.index('links_by_signing').on(t.signingId).where(c.sql`signing_id is not null`),
      // Those that make members; of signatories there are as many as signatures, and nobody asks for theirs by kind.
      c.index('links_founding').on(t.kind, t.createdAt).where(c.sql`invitation_id is null and signing_id is null`),
    ],
  );

  /** An address that wants no more mails about a letter. */
  const mailStops = c.table(
    'mail_stops',
    {
      letterId: ofLetter(),
      addressIndex: c.bytes().notNull(),
      at: c.instant().notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.letterId, t.addressIndex] })],
  );

  /** One mail to many: a round of reminders, the news of a delivery. Filled into the outbox piece by piece, each in a transaction of its own. */
  const mailings = c.table(
    'mailings',
    {
      id: c.id(),
      letterId: ofLetter(),
      kind: c.choice(values.mailingKinds).notNull(),
      /** Tells one round of a kind from the next: there is one a mark, whoever asks for it and however often. */
      mark: c.text().notNull(),
      /** Id of the row that was looked at last; moved with the mails that are queued. */
      after: c.text().notNull().default(''),
      queued: c.int().notNull().default(0),
      /** Null where the letter's own settings asked for it. */
      createdBy: c.text().references(() => members.id),
      createdAt: c.instant().notNull(),
      endedAt: c.instant(),
    },
    (t) => [c.uniqueIndex('mailings_mark_key').on(t.letterId, t.kind, t.mark)],
  );

  return { mailStops, mailings, invitations, openLinks, batches, signings, signatures, consents, links };
}
