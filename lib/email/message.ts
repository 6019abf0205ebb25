/** One mail, ready to go. Addresses are single and parsed (`lib/crypto/email-address.ts`). */
export interface MailMessage {
  readonly to: string;
  /** Display name of the sender; the address is the instance's own. */
  readonly fromName: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** Where its recipient asks for no more mails of this letter: for the page behind it, and for a mail program's own button (RFC 8058). */
  readonly stopUrl?: string;
}

/** What a mail is about; decides how soon it goes and who may stop it, and nothing else. */
export type MailKind =
  | 'sign-in'
  | 'member-invitation'
  | 'consultation'
  | 'invitation'
  | 'fresh-link'
  | 'test'
  | 'reminder'
  | 'confirmation'
  | 'confirmation-reminder'
  | 'receipt'
  | 'vouched'
  | 'delivery'
  | 'withdrawal';
