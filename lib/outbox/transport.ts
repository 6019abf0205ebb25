import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import type { MailMessage } from '../email/message.ts';

export interface Envelope {
  /** Stable over attempts, so that a mail sent twice by a crash can be told for one by the receiving side. */
  readonly id: string;
  /** No person pressed "send" for this very mail: then nobody's holiday notice should answer it (RFC 3834 §5). */
  readonly automatic: boolean;
}

export interface MailTransport {
  /** Resolves once the server has taken the mail; rejects with the library's error (`judgeFault`). */
  send(message: MailMessage, envelope: Envelope): Promise<void>;
}

export interface Patience {
  /** Milliseconds until the connection stands, and until each answer. */
  readonly answer: number;
  /** Milliseconds for the whole attempt: a server that answers one byte a second is stalled too. */
  readonly whole: number;
}

/** No mail is on its way for longer. */
export const LONGEST_SEND_MS = 120_000;

const PATIENCE: Patience = { answer: 30_000, whole: LONGEST_SEND_MS };

/** A mail program's own button, which stops these mails by one POST (RFC 8058): so nobody has to call them spam to be rid of them. */
const stopHeaders = (url: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${url}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const isNearby = (host: string) => /^(?:localhost|127(?:\.\d+){3}|\[::1\]|[^.:]+)$/.test(host);

/**
 * Hands mails to the instance's mail server, one connection each: a connection kept open would be cut by the server in between, and
 * what came of the mail would be unknown. Beyond this machine and its container network TLS is demanded, unless the URL says
 * `?requireTLS=false`: live links stand in these mails.
 */
export function smtpTransport(smtpUrl: string, { mailFrom }: Pick<Config, 'mailFrom'>, patience: Patience = PATIENCE): MailTransport {
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
  const transport = createTransport({
    url: smtpUrl,
    // Without a name the greeting tells the name of this machine.
    name: domain,
    requireTLS: !isNearby(new URL(smtpUrl).hostname),
    connectionTimeout: patience.answer,
    greetingTimeout: patience.answer,
    socketTimeout: patience.answer,
    dnsTimeout: patience.answer,
    // A letter's text may quote a path or an address: nothing of a mail is ever fetched from anywhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message, envelope) {
      await transport.sendMail({
        from: { name: message.fromName, address: mailFrom },
        // An object is taken as it is; a text would be parsed and could hold a second address.
        to: { name: '', address: message.to },
        ...(message.replyTo === undefined ? {} : { replyTo: { name: '', address: message.replyTo } }),
        subject: message.subject,
        text: message.text,
        html: message.html,
        messageId: `<${envelope.id}@${domain}>`,
        headers: {
          'Content-Language': message.language,
          ...(envelope.automatic ? { 'Auto-Submitted': 'auto-generated' } : {}),
          ...(message.stopUrl === undefined ? {} : stopHeaders(message.stopUrl)),
        },
        signal: AbortSignal.timeout(patience.whole),
      });
    },
  };
}
