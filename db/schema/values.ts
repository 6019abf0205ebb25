/** The stored vocabularies. No imports, so that pages and pure rules may use them too. */
export const letterKinds = ['open-letter', 'petition', 'statement'] as const;
export const letterStatuses = ['draft', 'consultation', 'open', 'closed', 'delivered', 'withdrawn'] as const;
export const releases = ['invited-only', 'public'] as const;
export const presets = ['coalition-letter', 'open-letter', 'people-at-risk'] as const;
export const roles = ['owner', 'coordinator', 'drafter', 'observer'] as const;
export const capacities = ['organisation', 'personal'] as const;
/** `recording`: one of many that a member is recording in one go, and nobody's to see before all of them are written. */
export const signatureStatuses = ['recording', 'pending', 'confirmed', 'held', 'listed', 'withdrawn', 'rejected', 'erased'] as const;
export const authorities = ['pledged', 'awaiting-decision', 'authorised', 'declined'] as const;
export const publicationChoices = ['public', 'addressee', 'counted'] as const;
export const origins = ['online', 'on-behalf', 'import', 'paper'] as const;
export const proofs = ['invitation', 'confirmation', 'vouched', 'paper'] as const;
export const invitationStatuses = ['prepared', 'sent', 'opened', 'considering', 'signed', 'declined', 'revoked', 'bounced'] as const;
/** `by-hand`: over a messenger or on paper, by the coordinator. */
export const invitationChannels = ['mail', 'by-hand'] as const;
export const versionChanges = ['first', 'editorial', 'substantive'] as const;
/** `set-aside`: refused, since somebody else had saved meanwhile, and kept so that nothing typed is lost. */
export const draftSaveKinds = ['saved', 'set-aside', 'restored'] as const;
/** What one save changes: a text in one language, or what the letter has once. */
export const draftParts = ['text', 'settings'] as const;
/** `recording` and `recorded`: of entries that a member vouches for in one go, in a letter that goes on. */
export const batchStates = ['filling', 'active', 'discarded', 'recording', 'recorded'] as const;
export const linkKinds = ['set-up', 'member-invitation', 'invitation', 'hand-delivered', 'confirmation', 'own-page', 'mail-stop'] as const;
/** `kept`: an instance without SMTP on a loopback origin keeps the mail for its local mail page. */
export const mailStates = ['queued', 'sent', 'refused', 'failed', 'kept'] as const;
/** Each goes to many at once. */
export const mailingKinds = ['reminder', 'delivery', 'withdrawal'] as const;
export const jobStates = ['queued', 'done', 'failed'] as const;
export const blobKinds = ['logo', 'scan', 'delivered-pdf'] as const;
export const actorKinds = ['member', 'signatory', 'system', 'command-line'] as const;

export type LetterStatus = (typeof letterStatuses)[number];
export type LetterKind = (typeof letterKinds)[number];
export type Release = (typeof releases)[number];
export type Preset = (typeof presets)[number];
export type Role = (typeof roles)[number];
export type Capacity = (typeof capacities)[number];
export type SignatureStatus = (typeof signatureStatuses)[number];
export type Authority = (typeof authorities)[number];
export type PublicationChoice = (typeof publicationChoices)[number];
export type Origin = (typeof origins)[number];
export type Proof = (typeof proofs)[number];
export type InvitationStatus = (typeof invitationStatuses)[number];
export type InvitationChannel = (typeof invitationChannels)[number];
export type VersionChange = (typeof versionChanges)[number];
export type DraftSaveKind = (typeof draftSaveKinds)[number];
export type DraftPart = (typeof draftParts)[number];
export type BatchState = (typeof batchStates)[number];
export type LinkKind = (typeof linkKinds)[number];
export type MailState = (typeof mailStates)[number];
export type MailingKind = (typeof mailingKinds)[number];
export type JobState = (typeof jobStates)[number];
export type BlobKind = (typeof blobKinds)[number];
export type ActorKind = (typeof actorKinds)[number];
