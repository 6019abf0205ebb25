import type { RateRule } from '../../../lib/rates/rate.ts';

/** The clean address of the page behind every link that stops mails. */
export const STOP_PATH = '/stop';

/** From one network: a mail service posts for all its readers, and so asks often. */
export const STOP_RATE: RateRule = {
  name: 'stop',
  windows: [
    { seconds: 60, most: 120 },
    { seconds: 3_600, most: 2_000 },
  ],
};
