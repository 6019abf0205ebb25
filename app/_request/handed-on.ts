/** Headers that `proxy.ts` writes for pages to read; it drops what a sender put there. Nothing rests on them being genuine. */

/** `?lang=` of the address: layouts are not told the query. */
export const LOCALE_HEADER = 'x-undersigned-lang';

/** The notice's cookie, which `proxy.ts` clears in the same answer. */
export const NOTICE_HEADER = 'x-undersigned-notice';

/** A link to hand over, sealed, for the one page that shows it; `proxy.ts` clears its cookie in the same answer. */
export const HAND_LINK_HEADER = 'x-undersigned-hand-link';
