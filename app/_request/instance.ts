import { loadConfig } from '../../lib/config.ts';
import type { Keys } from '../../lib/crypto/keys.ts';
import { keysFileSentence, readKeysFile } from '../../lib/crypto/keys-file.ts';
import { storedDrafts } from '../../lib/forms/stored-drafts.ts';
import { canRead } from '../../lib/health/can-read.ts';
import type { RateCounter } from '../../lib/rates/rate.ts';
import { storedRates } from '../../lib/rates/stored-rates.ts';
import { success } from '../../lib/shared/result.ts';
import type { FormDrafts } from './form-drafts.ts';
import { product } from './product.ts';

/** What request handling needs of the running instance: the one place where it is put together. */
export interface Instance {
  /** Scheme, host and port as the browser sees them. */
  readonly origin: string;
  readonly secureCookies: boolean;
  readonly trustedHops: number;
  readonly keys: Keys;
  readonly drafts: FormDrafts;
  readonly rates: RateCounter;
  now(): Date;
  /** Whether requests can be served: asked by the health door. */
  isHealthy(): Promise<boolean>;
  /** Notes a bug for the operator, without the message: it may quote personal data. */
  report(where: string, error: unknown): void;
}

// Route handlers and pages have copies of this module of their own; only globalThis is shared by them.
const memo: { undersignedInstance?: Instance } = globalThis as { undersignedInstance?: Instance };

/** @throws Error with a sentence for the operator when the configuration or the keys cannot be had */
export function instance(): Instance {
  memo.undersignedInstance ??= assemble();
  return memo.undersignedInstance;
}

function assemble(): Instance {
  const { origin, secureCookies, trustedHops, keysFile } = loadConfig();
  const keys = readKeysFile(keysFile);
  if (!keys.ok) throw new Error(keysFileSentence(keysFile, keys.reason));
  return {
    origin,
    secureCookies,
    trustedHops,
    keys: keys.value,
    drafts: storedDrafts(async () => (await product()).store),
    rates: lazyRates(),
    now: () => new Date(),
    isHealthy,
    report: reportBug,
  };
}

/** The counters are opened at the first claim: a page that limits nothing needs no database for it. */
function lazyRates(): RateCounter {
  let counters: Promise<RateCounter> | undefined;
  return {
    async take(claims, now) {
      if (claims.length === 0) return success(null);
      counters ??= product().then(storedRates);
      return await (await counters).take(claims, now);
    },
  };
}

/** Whether the database answers. */
async function isHealthy(): Promise<boolean> {
  return await canRead((await product()).store.read);
}

export function reportBug(where: string, error: unknown): void {
  const trace =
    error instanceof Error ? [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))] : ['not an Error'];
  process.stderr.write(`${where}: ${trace.join('\n')}\n`);
}
