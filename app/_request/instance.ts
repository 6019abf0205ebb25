import { loadConfig } from '../../lib/config.ts';
import type { Keys } from '../../lib/crypto/keys.ts';
import { keysFileSentence, readKeysFile } from '../../lib/crypto/keys-file.ts';
import { type FormDrafts, memoryDrafts } from './form-drafts.ts';
import { memoryRates, type RateCounter } from './rate.ts';

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
    drafts: memoryDrafts(),
    rates: memoryRates(),
    now: () => new Date(),
    isHealthy: async () => true,
    report: reportBug,
  };
}

export function reportBug(where: string, error: unknown): void {
  const trace =
    error instanceof Error ? [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))] : ['not an Error'];
  process.stderr.write(`${where}: ${trace.join('\n')}\n`);
}
