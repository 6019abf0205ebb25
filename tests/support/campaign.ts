import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type App, startApp } from './app.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from './browser.ts';
import { setUp } from './desk.ts';
import { freePort } from './free-port.ts';
import { type MailServer, smtpError, startMailServer } from './mail-server.ts';
import { Mailbox } from './mailbox.ts';
import { type MovedClock, movedClock } from './moved-clock.ts';
import { press, sign, type Typed, type } from './signatories.ts';

export const COALITION = 'Clear Water Alliance';
const COORDINATOR = 'nila@coalition.example';

/** What an organisation that signs, or a person, finds in the subject of a mail. */
export const SUBJECTS = {
  invitation: `An invitation from ${COALITION}`,
  confirm: 'Please confirm',
  stillToConfirm: 'Still to be confirmed',
  receipt: `Your answer to ${COALITION}`,
  vouched: `Your yes to ${COALITION}`,
  reminder: `A reminder from ${COALITION}`,
  news: `News of a letter of ${COALITION}`,
} as const;

/**
 * An instance on a clock of its own, with a mail server, a coordinator at the desk who has scripts, and signatories on telephones of
 * their own who have none.
 */
export class Campaign {
  readonly clock: MovedClock;
  readonly server: MailServer;
  readonly mailbox: Mailbox;
  #app: App;
  readonly desk: Visiting;
  readonly #browser: Browser;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #visitors: Visiting[] = [];
  /** The link of an invitation, by the address it went to; it opens for as long as the letter lives. */
  readonly #invitations = new Map<string, string>();
  /** The link to the own page of whoever came by the open link, by their name. */
  readonly #owned = new Map<string, string>();
  /** By the language it speaks. */
  readonly #phones = new Map<string, Visiting>();
  #networks = 0;
  #reader: Visiting | null = null;
  /** The path of the letter's desk, the address that it is signed by, and the one that everybody reads it at. */
  letter = '';
  openLink = '';
  publicPage = '';

  private constructor(parts: {
    clock: MovedClock;
    server: MailServer;
    app: App;
    settings: Readonly<Record<string, string>>;
    browser: Browser;
    desk: Visiting;
  }) {
    this.clock = parts.clock;
    this.server = parts.server;
    this.mailbox = new Mailbox(parts.server);
    this.#app = parts.app;
    this.#settings = parts.settings;
    this.desk = parts.desk;
    this.#browser = parts.browser;
  }

  /** @param refused the address that its own mail server does not know */
  static async begin(start: Date, refused: string): Promise<Campaign> {
    const clock = movedClock(start);
    const server = await startMailServer({
      onRcptTo({ address }, _, callback) {
        callback(address === refused ? smtpError(550, 'no such mailbox') : null);
      },
    });
    const port = { PORT: String(await freePort()) };
    const settings = { ...clock.settings, ...port, SMTP_URL: server.url, TRUSTED_HOPS: '1', MAIL_FROM: 'letters@coalition.example' };
    const app = await startApp(settings);
    const browser = await openBrowser();
    const desk = await openVisitor(browser, app.origin, { javaScript: true });
    await setUp(desk.page, app.setUpLink ?? '', COALITION);
    return new Campaign({ clock, server, app, settings, browser, desk });
  }

  async end(): Promise<void> {
    await this.#browser.close();
    await this.#app.stop();
    this.#app.clear();
    await this.server.close();
    this.clock.remove();
  }

  /** The machine is started anew in the morning, and looks at once for what has become due meanwhile. */
  async nextMorning(instant: Date): Promise<void> {
    const { dataDir, clear } = this.#app;
    await this.#app.stop();
    await this.clock.moveTo(instant);
    this.#app = { ...(await startApp({ ...this.#settings, DATA_DIR: dataDir })), clear };
  }

  /**
   * The next telephone, without scripts, at a link. It is the last one's, with nothing left in it: opening a browser for each costs more
   * than all they do.
   */
  async phone(link: string, locale = 'en-GB'): Promise<Page> {
    const shared = this.#phones.get(locale) ?? (await this.#openPhone(locale));
    this.#phones.set(locale, shared);
    await shared.context.clearCookies();
    await this.#elsewhere(shared);
    await shared.page.goto(link);
    return shared.page;
  }

  async #openPhone(locale = 'en-GB'): Promise<Visiting> {
    const visitor = await openVisitor(this.#browser, this.#app.origin, { width: 360, locale });
    this.#visitors.push(visitor);
    return visitor;
  }

  /** Each comes from a network of their own; the app stands behind one proxy here. */
  async #elsewhere({ context }: Visiting): Promise<void> {
    const count = ++this.#networks;
    await context.setExtraHTTPHeaders({ 'x-forwarded-for': `198.${18 + (count >> 8)}.${count & 255}.7` });
  }

  async invited(email: string, { subject = SUBJECTS.invitation as string, locale = 'en-GB' } = {}): Promise<Page> {
    const link = this.#invitations.get(email) ?? (await this.mailbox.link(email, subject, 'answer'));
    this.#invitations.set(email, link);
    return await this.phone(link, locale);
  }

  /** Signs by an invitation. */
  async answer(email: string, typed: Typed): Promise<Page> {
    const page = await this.invited(email);
    await sign(page, '/i/sign', { publication: 'public', ...typed });
    return page;
  }

  async signOpenly(email: string, typed: Typed): Promise<void> {
    // Several sign at the same time.
    const phone = await this.#openPhone();
    await this.#elsewhere(phone);
    const { page } = phone;
    await page.goto(this.openLink);
    const form = `${new URL(this.openLink).pathname}/send`;
    await type(page, form, { publication: 'public', email, ...typed });
    await press(page, form, 'button[name="step"][value="check"]:visible');
    for (const box of await page.locator(`form[action*="${form}"] input[type="checkbox"]`).all()) await box.check();
    // Whoever is quicker than a person is asked to look once more.
    await page.waitForTimeout(3_000);
    await press(page, form, 'button[name="step"][value="sign"]:visible');
    expect(new URL(page.url()).pathname, await shownText(page.locator('body'))).toMatch(/\/sent$/);
    await phone.context.close();
  }

  /** Confirms behind the mail, and keeps the way to the own page. */
  async confirm(email: string, name: string, subject: string = SUBJECTS.confirm): Promise<Page> {
    const page = await this.phone(await this.mailbox.link(email, subject, 'confirm'));
    await press(page, '/confirm/press');
    await page.waitForURL(/\/own$/);
    this.#owned.set(name, await this.mailbox.link(email, SUBJECTS.receipt, 'own'));
    return page;
  }

  own(name: string): Promise<Page> {
    return this.phone(this.#owned.get(name) ?? '');
  }

  /** The coordinator opens a page of the letter, and signs in where their session has ended overnight. */
  async onDesk(path: string): Promise<Page> {
    const { page } = this.desk;
    await page.goto(`${this.letter}${path}`);
    if (new URL(page.url()).pathname !== '/sign-in') return page;
    await page.getByLabel('E-mail address').fill(COORDINATOR);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL(/\/sent/);
    await page.goto(await this.mailbox.link(COORDINATOR, 'sign-in', 'sign-in'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.goto(`${this.letter}${path}`);
    return page;
  }

  /** It was done, and the page says so; where it was not, the error has the page's words. */
  async done(): Promise<void> {
    const { page } = this.desk;
    const alert = alertIn(page);
    await page.getByRole('status').or(alert).first().waitFor();
    expect(await alert.allInnerTexts()).toEqual([]);
  }

  /** The coordinator looks at an entry that waits, and lets it in. */
  async approve(name: string): Promise<void> {
    const page = await this.onDesk('/list?state=needs-you');
    await page.getByRole('link', { name }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await this.done();
  }

  /** Under the letter, for everybody. */
  async #names(): Promise<string> {
    this.#reader ??= await this.#openPhone();
    const { page } = this.#reader;
    await page.goto(this.publicPage);
    return (await page.locator('.block').allInnerTexts()).join('\n');
  }

  /** Whose names everybody may read, and whose nobody. */
  async expectNames(there: readonly string[], absent: readonly string[]): Promise<void> {
    // What was let in a moment ago takes its place in the list by and by.
    for (let attempt = 0; attempt < 50; attempt++) {
      const names = await this.#names();
      if (there.every((name) => names.includes(name))) break;
      await this.desk.page.waitForTimeout(200);
    }
    const names = await this.#names();
    for (const name of there) expect(names).toContain(name);
    for (const name of absent) expect(names).not.toContain(name);
  }

  /** Requests that left for elsewhere, of everybody. */
  get foreign(): readonly string[] {
    return [this.desk, ...this.#visitors].flatMap(({ foreign }) => foreign);
  }
}

/** What a page says, as its reader sees it. */
export const said = (page: Page): Promise<string> => shownText(page.locator('main'));
