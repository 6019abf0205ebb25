import { z } from 'zod';
import { listAuditEntriesAt, listAuditEntriesBy } from '../../db/queries/audit.ts';
import { findInvitation } from '../../db/queries/invitations.ts';
import { listMailsAbout } from '../../db/queries/outbox.ts';
import { findSigning, listAllOfInvitation, listConsents, type SignatureRow } from '../../db/queries/signatures.ts';
import type { SigningScope } from '../access/scope.ts';
import { auditRecordPlace } from '../audit/append.ts';
import { unseal } from '../crypto/seal.ts';
import { type Translator, translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { openInvited } from '../invitations/places.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { consentWordings, isConsentWording, isPublicationWording, publicationWordings, type ShownWords } from './consent-wording.ts';
import { openWish } from './correction.ts';
import { publicationWords, statusWords } from './mail.ts';
import { findOwnAddress } from './own-address.ts';
import { openRecord, openSigner } from './places.ts';
import { openReview } from './review-trail.ts';

/** Mails to addresses that somebody gave as their own. */
const ASKING: ReadonlySet<string> = new Set(['confirmation', 'confirmation-reminder']);

/**
 * Everything that is held about whoever signed, for themself: in words, times as ISO 8601 in UTC. Null where nothing of it is there any
 * more. Nothing of anybody else stands in it, and no live link.
 */
export async function heldData(instance: Instance, scope: SigningScope, now: Date): Promise<Readonly<Record<string, unknown>> | null> {
  const { store, keys, config } = instance;
  const { letterId, signingId } = scope;
  const facts = await findLetterFacts(store.read, letterId);
  const given = await findSigning(store.read, letterId, signingId);
  if (!facts || !given) return null;
  const { signing } = given;
  const person = openSigner(keys, signing);
  const invitation = signing.invitationId === null ? null : await findInvitation(store.read, letterId, signing.invitationId);
  // Whoever changed their answer and signed again finds what they signed before as well.
  const everything = invitation === null ? given.signatures : await listAllOfInvitation(store.read, letterId, invitation.id);
  const signatures = everything.filter(({ status }) => status !== 'erased');
  const signings = [...new Set([...everything.map((row) => row.signingId), signingId])];
  const shown = await shownIn(instance, letterId, signings);
  const { language } = await findOwnAddress(store.read, instance, scope, signing);
  const t = translator(language);
  const consents = await listConsents(
    store.read,
    signatures.map(({ id }) => id),
  );
  const actors = [...signings, ...(invitation ? [invitation.id] : [])];
  const log = await listAuditEntriesBy(store.read, letterId, actors);
  const mails = await listMailsAbout(store.read, signingId, signing.invitationId);
  // Whether a mail left for an address that they typed is for whoever proved it alone: others wrote to it on that day, or its owner said no.
  const proved = signing.proof !== 'vouched' && signing.confirmedAt !== null;
  const reader = facts.reader || t('signing.the-addressee');
  const entryOf = async (row: SignatureRow) => ({
    entry: openRecord(keys, row),
    inWords: statusWords(t, { ...row, namesHidden: facts.letter.namesHidden, reader }),
    status: row.status,
    flags: row.flags,
    authority: row.authority,
    publication: { choice: row.publication, inWords: publicationWords(t, row.publication, reader) },
    signedAt: row.signedAt,
    listedAt: row.listedAt,
    endedAt: row.endedAt,
    correctionAskedFor: openWish(instance, row),
    correctionAskedAt: row.proposedAt,
    lookedAtBySomebodyAt: row.reviewedAt,
    agreedTo: consents
      .filter(({ signatureId }) => signatureId === row.id)
      .map(({ wording, fingerprint, language: readIn, givenAt }) => ({
        wording,
        words: isConsentWording(wording)
          ? t(consentWordings[wording], { organisation: openRecord(keys, row).organisation ?? '' })
          : wording,
        fingerprintOfTheText: displayFingerprint(fingerprint),
        languageReadIn: readIn,
        at: givenAt,
      })),
    shownToYou: shown.filter(({ signature }) => signature === row.id).map((words) => inWords(t, words, openRecord(keys, row).organisation)),
    doneByCoordinators: await coordinatorsActs(instance, row),
  });
  return {
    about: t('signing.data.about', { coalition: facts.coalition }),
    madeAt: now,
    heldAt: config.origin,
    letter: { headline: facts.headline ?? t('signing.data.letter-unnamed'), of: facts.coalition, status: facts.letter.status },
    you: { name: person.name, role: person.role, email: person.email },
    signing: {
      cameBy: signing.invitationId !== null ? 'invitation' : signing.openLinkId !== null ? 'open link' : signing.origin,
      ...(signing.proof === 'vouched' ? { recordedByACoordinator: { means: signing.vouchedMeans, on: signing.vouchedOn } } : {}),
      addressProvedBy: signing.proof,
      givenAt: signing.createdAt,
      confirmedAt: signing.confirmedAt,
      language: signing.language,
    },
    invitation: invitation && {
      ...openInvited(keys, invitation),
      status: invitation.status,
      madeAt: invitation.createdAt,
      sentAt: invitation.sentAt,
      openedAt: invitation.openedAt,
      answeredAt: invitation.answeredAt,
    },
    entries: await Promise.all(signatures.map(entryOf)),
    mails: mails
      .filter(({ kind }) => proved || !ASKING.has(kind))
      .map(({ kind, state, createdAt, endedAt }) => ({ kind, state, writtenAt: createdAt, endedAt })),
    log: log.flatMap(({ entry, sealed }) => {
      if (entry.type === 'signing-disowned') return [];
      const record = sealed && unseal(keys, auditRecordPlace({ kind: 'letter', id: letterId }, entry.sequence), sealed);
      // Whom they passed the invitation on to, or who took it for their own: the address is somebody else's, and the page masks it too.
      const ofAnother = entry.type === 'invitation-sent';
      return [{ number: entry.sequence, what: entry.type, at: entry.at, record: record?.ok && !ofAnother ? record.value : null }];
    }),
  };
}

/** What stood on the page each time something was agreed to in these signings. */
async function shownIn({ store, keys }: Instance, letterId: string, signings: readonly string[]): Promise<readonly ShownWords[]> {
  const given = await Promise.all(signings.map((id) => findSigning(store.read, letterId, id)));
  return given.flatMap((one) => (one ? (openSigner(keys, one.signing).shown ?? []) : []));
}

function inWords(t: Translator, { signature: _, ...words }: ShownWords, organisation = '') {
  const { wording, publicationWording, publication } = words;
  const reader = words.reader || t('signing.the-addressee');
  return {
    ...words,
    words: isConsentWording(wording) ? t(consentWordings[wording], { organisation }) : wording,
    publicationInWords: isPublicationWording(publicationWording)
      ? t(publicationWordings[publicationWording][publication], { reader })
      : publicationWording,
  };
}

/** What the log tells of a member's act upon somebody's entry; not which member it was. */
const saidOfEntry = z.object({
  from: z.string().exactOptional(),
  to: z.string().exactOptional(),
  before: z.record(z.string(), z.unknown()).exactOptional(),
  after: z.record(z.string(), z.unknown()).exactOptional(),
  reason: z.string().exactOptional(),
});

/** Approved, held, rejected, corrected, each with its day: found by the places of the log that the entry remembers. */
async function coordinatorsActs({ store, keys }: Instance, row: SignatureRow) {
  const scope = { kind: 'letter', id: row.letterId } as const;
  const entries = await listAuditEntriesAt(store.read, scope.id, openReview(keys, row).log);
  return entries.map(({ entry, sealed }) => {
    const record = sealed && unseal(keys, auditRecordPlace(scope, entry.sequence), sealed);
    const said = saidOfEntry.safeParse(record?.ok ? record.value : null);
    return { number: entry.sequence, what: entry.type, at: entry.at, ...(said.success ? said.data : {}) };
  });
}
