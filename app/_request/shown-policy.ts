/**
 * The content policies of what a handler shows although it is none of the app's pages. `next.config.ts` says the same, since what it says
 * takes the place of a handler's own.
 */

/** A letter as it is typed: it runs nothing and fetches nothing; its pictures stand in it. */
export const PREVIEW_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** A file that is looked at. A browser's own PDF viewer does not start in a sandbox. */
export const SHOWN_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

/** A mail in the frame of the page on which its words are written: it runs nothing, fetches nothing and leads nowhere. */
export const MAIL_FRAME_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
