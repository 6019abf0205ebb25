import { listAuditEntriesBy } from '../../db/queries/audit.ts';
import { findInvitation } from '../../db/queries/invitations.ts';
import { listMailsAbout } from '../../db/queries/outbox.ts';
import { findSigning, listConsents, type SignatureRow } from '../../db/queries/signatures.ts';
import type { SigningScope } from '../access/scope.ts';
import { auditRecordPlace } from '../audit/append.ts';
import { unseal } from '../crypto/seal.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { openInvited } from '../invitations/places.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { consentWordings, isConsentWording } from './consent-wording.ts';
import { openWish } from './correction.ts';
import { publicationWords, statusWords } from './mail.ts';
import { findOwnAddress } from './own-address.ts';
import { openRecord, openSigner } from './places.ts';

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
  const signatures = given.signatures.filter(({ status }) => status !== 'erased');
  const person = openSigner(keys, signing);
  const { language } = await findOwnAddress(store.read, instance, scope, signing);
  const t = translator(language);
  const consents = await listConsents(
    store.read,
    signatures.map(({ id }) => id),
  );
  const invitation = signing.invitationId === null ? null : await findInvitation(store.read, letterId, signing.invitationId);
  const actors = [signingId, ...(invitation ? [invitation.id] : [])];
  const log = await listAuditEntriesBy(store.read, letterId, actors);
  const mails = await listMailsAbout(store.read, signingId, signing.invitationId);
  const reader = facts.reader || t('signing.the-addressee');
  const entryOf = (row: SignatureRow) => ({
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
    entries: signatures.map(entryOf),
    mails: mails.map(({ kind, state, createdAt, endedAt }) => ({ kind, state, writtenAt: createdAt, endedAt })),
    log: log.flatMap(({ entry, sealed }) => {
      const record = sealed && unseal(keys, auditRecordPlace({ kind: 'letter', id: letterId }, entry.sequence), sealed);
      // Whom they passed the invitation on to, or who took it for their own: the address is somebody else's, and the page masks it too.
      const ofAnother = entry.type === 'invitation-sent';
      return [{ number: entry.sequence, what: entry.type, at: entry.at, record: record?.ok && !ofAnother ? record.value : null }];
    }),
  };
}
