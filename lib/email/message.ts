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
}

/** What a mail is about; decides nothing but how it is listed. */
export type MailKind = 'sign-in' | 'member-invitation' | 'invitation' | 'confirmation' | 'receipt' | 'delivery' | 'consultation';
