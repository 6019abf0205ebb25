import type { RateRule } from '../rates/rate.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Answers by open links from one network, none of them with a proof of work: a browser without scripts, or a machine. */
export const UNPROVED_RATE: RateRule = {
  name: 'open-sign',
  windows: [
    { seconds: HOUR, most: 10 },
    { seconds: DAY, most: 30 },
  ],
};

/** The same with one: a hall in which everybody signs on the same network. */
export const PROVED_RATE: RateRule = {
  name: 'open-sign-proved',
  windows: [
    { seconds: HOUR, most: 120 },
    { seconds: DAY, most: 600 },
  ],
};

/** Looks at how an entry prints, from one network: nothing is stored by them. */
export const LOOK_RATE: RateRule = {
  name: 'open-look',
  windows: [
    { seconds: HOUR, most: 240 },
    { seconds: DAY, most: 1_200 },
  ],
};

/** Answers by the open links of one letter. */
export const LETTER_RATE: RateRule = {
  name: 'open-sign-letter',
  windows: [
    { seconds: HOUR, most: 2_000 },
    { seconds: DAY, most: 20_000 },
  ],
};

/** Answers by all open links together. */
export const EVERYBODY_RATE: RateRule = {
  name: 'open-sign-all',
  windows: [
    { seconds: 60, most: 600 },
    { seconds: HOUR, most: 12_000 },
  ],
};

/** Mails that ask one address to confirm, over all letters. */
export const CONFIRMATION_MAILS: RateRule = {
  name: 'confirmation-mail',
  windows: [
    { seconds: 600, most: 1 },
    { seconds: DAY, most: 3 },
  ],
};

/** Acts of one address under one letter that wait for their confirmation. */
export const MOST_PENDING = 3;
