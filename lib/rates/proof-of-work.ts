import { createHmac } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { lengthPrefixed } from '../crypto/frame.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Instance } from '../instance.ts';
import type { RateClaim, RateRule } from './rate.ts';

/** A task is good for this long. */
const MINUTES = 10;
const DAY_MS = 86_400_000;

/**
 * One try is 5,000 rounds of PBKDF2-SHA-256, some milliseconds; the answer lies between so many tries. A phone is done before its owner
 * has read through the last look; whoever wants ten thousand of them pays for hours.
 */
const ROUNDS = 5_000;
const FEWEST_TRIES = 40;
const MOST_TRIES = 160;

/** A task for a browser, as it is sent there; nothing of it is stored. */
export type Task = Awaited<ReturnType<typeof createChallenge>>;

function secrets(keys: Keys): { readonly hmacSignatureSecret: string; readonly hmacKeySignatureSecret: string } {
  const key = keys.subKey('form', keys.lookUpVersion);
  if (!key) throw new Error(`no key of version ${keys.lookUpVersion}`);
  const of = (use: string) =>
    createHmac('sha256', key)
      .update(lengthPrefixed(['proof-of-work', use]))
      .digest('base64url');
  return { hmacSignatureSecret: of('task'), hmacKeySignatureSecret: of('answer') };
}

/**
 * Sets a task whose answer lets its form through more easily.
 * @param form the very form it is for
 */
export async function setTask({ keys, random }: Pick<Instance, 'keys' | 'random'>, form: string, now: Date): Promise<Task> {
  // The counters that know a used answer end with their day (UTC), and so does every task.
  const midnight = (Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS;
  const until = Math.min(now.getTime() + MINUTES * 60_000, midnight);
  return await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ROUNDS,
    counter: FEWEST_TRIES + (random(4).readUInt32BE() % (MOST_TRIES - FEWEST_TRIES + 1)),
    deriveKey,
    data: { form, until },
    ...secrets(keys),
  });
}

const answered = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.string(),
      nonce: z.string(),
      salt: z.string(),
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: z.string(),
      keySignature: z.string(),
      data: z.object({ form: z.string(), until: z.number() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

/** Each answer once: both windows begin and end with the day that no task outlives. */
const ONCE: RateRule = {
  name: 'proof-of-work',
  windows: [
    { seconds: 43_200, most: 1 },
    { seconds: 86_400, most: 1 },
  ],
};

/**
 * Looks at an answer to a task of this form that is not over. Two keyed hashes, no key derivation: looking costs next to nothing.
 * @param sent as the form sent it, JSON; anything
 * @returns the claim that uses it up; null where it proves nothing
 */
export async function proofClaim(keys: Keys, form: string, sent: string, now: Date): Promise<RateClaim | null> {
  const parsed = answered.safeParse(parseJson(sent));
  if (!parsed.success) return null;
  const { challenge, solution } = parsed.data;
  if (challenge.parameters.data.form !== form || challenge.parameters.data.until <= now.getTime()) return null;
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secrets(keys) });
  return verified ? { rule: ONCE, subject: challenge.signature } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
