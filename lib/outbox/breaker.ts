import { judgeFault } from './retry.ts';
import type { MailTransport } from './transport.ts';

const SECOND = 1000;

/**
 * Leaves a mail server alone that can't be reached or has nothing of us, for longer each time, up to a minute. Without it an hour's
 * outage would have each of a thousand waiting mails tried, and written down as tried, again and again, beside people who sign.
 */
export class Breaker {
  #failures = 0;
  #until = 0;

  isOpen(now: Date): boolean {
    return now.getTime() < this.#until;
  }

  /** A transport that tells this breaker what came of each mail. */
  over(transport: MailTransport, clock: () => Date): MailTransport {
    return {
      send: async (message, envelope) => {
        try {
          await transport.send(message, envelope);
        } catch (error) {
          if (judgeFault(error).general) this.#fail(clock());
          else this.#failures = 0;
          throw error;
        }
        this.#failures = 0;
      },
    };
  }

  #fail(now: Date): void {
    // Attempts that were under way at the same time are one failure.
    if (this.isOpen(now)) return;
    this.#until = now.getTime() + Math.min(60, 5 * 2 ** Math.min(this.#failures, 5)) * SECOND;
    this.#failures++;
  }
}
