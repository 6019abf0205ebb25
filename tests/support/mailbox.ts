import type { MailServer, ReceivedMail } from './mail-server.ts';

/** Where the links of mails lead, by the way they name. */
const LINKS = {
  answer: /https?:\/\/\S+\/i\/iv_[\w-]{43}/,
  own: /https?:\/\/\S+\/own\/op_[\w-]{43}/,
  confirm: /https?:\/\/\S+\/confirm\/cf_[\w-]{43}/,
  stop: /https?:\/\/\S+\/stop\/ms_[\w-]{43}/,
  'sign-in': /https?:\/\/\S+\/sign-in\/link\/lg_[\w-]{43}/,
} as const;
export type LinkKind = keyof typeof LINKS;

/** The link of that kind in a mail; an error where it has none. */
export function linkOf({ mail }: ReceivedMail, kind: LinkKind): string {
  const link = LINKS[kind].exec(mail.text ?? '')?.[0];
  if (link === undefined) throw new Error(`no ${kind} link in “${mail.subject}”: ${mail.text}`);
  return link;
}

/** The mails that came to a server, each read once, as people do. */
export class Mailbox {
  readonly #server: MailServer;
  readonly #read = new Set<ReceivedMail>();

  constructor(server: MailServer) {
    this.#server = server;
  }

  #unread(address: string): readonly ReceivedMail[] {
    return this.#server.received.filter((mail) => mail.recipients.includes(address) && !this.#read.has(mail));
  }

  /** The oldest unread mail to an address whose subject holds these words; waits for it. */
  async next(address: string, subject: string): Promise<ReceivedMail> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const found = this.#unread(address).find(({ mail }) => mail.subject?.includes(subject));
      if (found) {
        this.#read.add(found);
        return found;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    const others = this.#unread(address).map(({ mail }) => mail.subject);
    throw new Error(`no mail “${subject}” to ${address}; unread there: ${JSON.stringify(others)}`);
  }

  async link(address: string, subject: string, kind: LinkKind): Promise<string> {
    return linkOf(await this.next(address, subject), kind);
  }

  /** To whom mails with these words in their subject have come and not been read, in alphabetical order. */
  unreadBy(subject: string): readonly string[] {
    const mails = this.#server.received.filter((mail) => mail.mail.subject?.includes(subject) && !this.#read.has(mail));
    return mails.flatMap(({ recipients }) => recipients).sort();
  }
}
