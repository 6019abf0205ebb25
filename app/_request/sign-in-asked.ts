import type { Done } from './answer.ts';
import { setCookie } from './cookies.ts';
import { instance } from './instance.ts';

// Longer than a link lives, so that one which has ended is told from one that was asked for elsewhere.
const BROWSER_SECONDS = 24 * 3_600;

/** Where there is no mail server, the terminal is the only way in once the last session has ended. */
export const sayInTerminal = (link: string): void => void process.stderr.write(`Sign-in link: ${link}\n`);

/**
 * After a sign-in link was asked for: the page that tells to look for it.
 * @param browser the cookie that `askToSignIn` gave
 * @param to the page to go on at once signed in
 */
export function goneToMailbox(browser: string, to: string): Done {
  const kept = { secure: instance().secureCookies, maxAge: BROWSER_SECONDS };
  const back = Buffer.from(to).toString('base64url');
  return { to: '/sign-in/sent', cookies: [setCookie('sign-in-browser', browser, kept), setCookie('sign-in-to', back, kept)] };
}
