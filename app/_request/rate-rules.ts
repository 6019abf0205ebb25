import type { RateRule } from '../../lib/rates/rate.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Sign-in links asked for from one network. Links to one address are counted in `lib/auth/sign-in.ts`. */
export const SIGN_IN_RATE: RateRule = {
  name: 'sign-in',
  windows: [
    { seconds: HOUR, most: 20 },
    { seconds: DAY, most: 60 },
  ],
};

/** Tries to open a link that founds a coalition or makes a member, from one network. */
export const FOUNDING_RATE: RateRule = {
  name: 'founding',
  windows: [
    { seconds: HOUR, most: 30 },
    { seconds: DAY, most: 100 },
  ],
};

/** Refused forms that are stored for their way back, from one network: a whole office may be writing letters in it. */
export const DRAFT_RATE: RateRule = {
  name: 'draft',
  windows: [
    { seconds: HOUR, most: 120 },
    { seconds: DAY, most: 600 },
  ],
};

/** Looks at what one member is typing: a page after each pause, all day long. */
export const PREVIEW_RATE: RateRule = {
  name: 'preview',
  windows: [
    { seconds: HOUR, most: 1500 },
    { seconds: DAY, most: 8000 },
  ],
};

/** The same as PDF, each of which takes a thread for a moment. */
export const PDF_PREVIEW_RATE: RateRule = {
  name: 'pdf-preview',
  windows: [
    { seconds: HOUR, most: 120 },
    { seconds: DAY, most: 600 },
  ],
};

/** Mails to a whole coalition that ask for comments on one draft. */
export const CONSULT_RATE: RateRule = {
  name: 'consult',
  windows: [
    { seconds: HOUR, most: 5 },
    { seconds: DAY, most: 10 },
  ],
};

/** Comments of one member: far more than somebody writes. */
export const COMMENT_RATE: RateRule = {
  name: 'comment',
  windows: [
    { seconds: 60, most: 20 },
    { seconds: HOUR, most: 300 },
  ],
};

/** Saves of one member, and what they set aside: each is kept whole. A save every other second, hour after hour, is let through. */
export const SAVE_RATE: RateRule = {
  name: 'save',
  windows: [
    { seconds: 60, most: 60 },
    { seconds: HOUR, most: 1800 },
  ],
};

/** Mails that somebody without an account asks for. */
export const fewMails = (name: string): RateRule => ({
  name,
  windows: [
    { seconds: HOUR, most: 5 },
    { seconds: DAY, most: 10 },
  ],
});
