import { randomBytes } from 'node:crypto';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect, it } from 'vitest';
import { proofClaim, setTask } from '../../../lib/rates/proof-of-work.ts';
import { testKeys } from '../../support/keys.ts';
import { memoryRates } from '../../support/memory-rates.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const minutes = (count: number, from = NOW): Date => new Date(from.getTime() + count * 60_000);
const instance = { keys: testKeys(), random: randomBytes };

it('lets an answer to a task through once, for its own form, while it is young', async () => {
  const { keys } = instance;
  const challenge = await setTask(instance, 'open-sign/one', NOW);
  const solution = await solveChallenge({ challenge, deriveKey });
  const proof = JSON.stringify({ challenge, solution });
  const claim = await proofClaim(keys, 'open-sign/one', proof, NOW);
  if (!claim) throw new Error('an honest answer is refused');
  const rates = memoryRates();
  expect((await rates.take([claim], NOW)).ok).toBe(true);
  expect((await rates.take([claim], minutes(9))).ok).toBe(false);
  expect(await proofClaim(keys, 'open-sign/other', proof, NOW)).toBeNull();
  expect(await proofClaim(keys, 'open-sign/one', proof, minutes(9))).not.toBeNull();
  expect(await proofClaim(keys, 'open-sign/one', proof, minutes(10))).toBeNull();

  const forged = [
    '',
    'null',
    '[]',
    '{"challenge":1}',
    proof.replace('"until":', '"until":9'),
    proof.replace('"cost":5000', '"cost":1'),
    proof.replace(/"derivedKey":"[0-9a-f]{8}/, '"derivedKey":"00000000'),
    proof.replace(/"keySignature":"[0-9a-f]+"/, '"keySignature":""'),
  ];
  for (const sent of forged) expect(await proofClaim(keys, 'open-sign/one', sent, NOW)).toBeNull();
});

it('sets no task that outlives the day whose counters know its answers', async () => {
  const late = new Date('2026-03-02T23:57:00Z');
  const { parameters } = await setTask(instance, 'open-sign/one', late);
  expect(parameters.data).toEqual({ form: 'open-sign/one', until: Date.parse('2026-03-03T00:00:00Z') });
});
