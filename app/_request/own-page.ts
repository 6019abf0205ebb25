import type { Token } from '../../lib/crypto/tokens.ts';
import { setCookie } from './cookies.ts';
import { LINK_MINUTES } from './form-drafts.ts';

/** The clean address of the page of what somebody signed. */
export const OWN_PATH = '/own';

/** The `Set-Cookie` line that opens the own page: for whoever came by its link, or has just proved their address. */
export const ownPageCookie = (token: Token<'own-page'>, secure: boolean): string =>
  setCookie('own-page', token, { secure, maxAge: LINK_MINUTES * 60 });
