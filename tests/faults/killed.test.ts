import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { count, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { asPerson, type Invited, invite, letterRow } from '../support/invited.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { runs, runTime } from '../support/property.ts';
import { send } from '../support/request.ts';
import { populate, type World } from '../support/roles.ts';
import { hasTool } from '../support/tools.ts';

const SIGNERS = 8;
/** More than eight people manage until the server is gone. */
const INVITATIONS = 60;
/** The server is killed when so many have been answered, and some milliseconds on: in the middle of eight others' answers. */
const moment = fc.record({
  answered: fc.integer({ min: 1, max: INVITATIONS - 2 * SIGNERS }),
  milliseconds: fc.integer({ min: 0, max: 12 }),
});
/** One kill a commit, thirty under `npm run test:long`. */
const KILLS = 1.5;

type Answer = 'sign' | 'decline';

interface Asked {
  readonly invited: Invited;
  readonly answer: Answer;
  acknowledged: boolean;
}

/** Eight people answer one after the other, each their next invitation as soon as the last answer is acknowledged, until nobody answers. */
async function answerAll(app: App, world: World, asked: readonly Asked[], onAnswer: () => void): Promise<void> {
  const waiting = [...asked];
  const { host } = new URL(app.origin);
  const one = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { invited, answer } = next;
      const fields =
        answer === 'sign'
          ? {
              ...asPerson(`Signatory ${invited.invitationId}`),
              fingerprint: world.letter.fingerprint,
              language: 'en',
              step: 'sign',
              publication: 'public',
            }
          : { reason: 'We never sign anything.' };
      const headers = {
        host,
        cookie: `invitation=${invited.token}`,
        origin: app.origin,
        'content-type': 'application/json',
        accept: 'application/json',
      };
      const body = JSON.stringify({ invitation: invited.invitationId, ...fields });
      const answered = await send(app.origin, { method: 'POST', path: `/i/${answer}`, headers, body }).catch(() => null);
      if (answered === null) return;
      expect(answered.status, answered.text).toBe(200);
      next.acknowledged = true;
      onAnswer();
    }
  };
  await Promise.all(Array.from({ length: SIGNERS }, one));
}

/** What stands of one invitation: everything its answer writes, or nothing of it. */
async function standing({ instance: { store } }: World, { invited: { invitationId } }: Asked) {
  const { invitations, signings, signatures, consents, outbox } = store.read.tables;
  const [invitation] = await store.read.select().from(invitations).where(eq(invitations.id, invitationId));
  const given = await store.read
    .select({ status: signatures.status, consent: consents.fingerprint })
    .from(signings)
    .leftJoin(signatures, eq(signatures.signingId, signings.id))
    .leftJoin(consents, eq(consents.signatureId, signatures.id))
    .where(eq(signings.invitationId, invitationId));
  const mails = await store.read.select({ kind: outbox.kind }).from(outbox).where(eq(outbox.invitationId, invitationId));
  return { status: invitation?.status, given, receipts: mails.filter(({ kind }) => kind === 'receipt').length };
}

async function check(world: World, asked: readonly Asked[]): Promise<{ readonly signed: number; readonly declined: number }> {
  let [signed, declined] = [0, 0];
  for (const one of asked) {
    const found = await standing(world, one);
    const told = { ...found, acknowledged: one.acknowledged };
    if (found.status === 'signed') {
      signed += 1;
      expect(found).toEqual({ status: 'signed', given: [{ status: 'listed', consent: world.letter.fingerprint }], receipts: 1 });
    } else {
      if (found.status === 'declined') declined += 1;
      expect(told).toEqual({ ...told, given: [], receipts: 0 });
    }
    if (one.acknowledged) expect(told).toMatchObject({ status: one.answer === 'sign' ? 'signed' : 'declined' });
  }
  return { signed, declined };
}

async function surviveKills(settings: Readonly<Record<string, string>>): Promise<void> {
  const world = await populate(settings);
  const again = { ...settings, DATA_DIR: world.app.dataDir, PORT: new URL(world.app.origin).port };
  const totals = { signed: (await letterRow(world.letter)).personCount, declined: 0, unacknowledged: 0 };
  const { auditEntries } = world.instance.store.read.tables;
  let { app } = world;
  try {
    for (const after of fc.sample(moment, Math.floor(runs(KILLS)))) {
      const asked: Asked[] = [];
      for (let index = 0; index < INVITATIONS; index++) {
        const invited = await invite(world.letter, { person: `Reader ${index}` }, undefined, new Date());
        asked.push({ invited, answer: index % 4 === 3 ? 'decline' : 'sign', acknowledged: false });
      }
      let left = after.answered;
      const reached = Promise.withResolvers<void>();
      const answering = answerAll(app, world, asked, () => {
        left -= 1;
        if (left === 0) reached.resolve();
      });
      // Should an answer be refused, it is that which is told.
      await Promise.race([reached.promise, answering]);
      await sleep(after.milliseconds);
      await app.kill();
      await answering;
      // As it lies there: nothing has had a chance to tidy up.
      const found = await check(world, asked);
      app = await startApp(again);
      expect(await check(world, asked)).toEqual(found);
      totals.signed += found.signed;
      totals.declined += found.declined;
      totals.unacknowledged += found.signed + found.declined - asked.filter(({ acknowledged }) => acknowledged).length;
      const { personCount, logSize } = await letterRow(world.letter);
      expect(personCount).toBe(totals.signed);
      const [entries] = await world.instance.store.read
        .select({ count: count() })
        .from(auditEntries)
        .where(eq(auditEntries.scopeId, world.letter.letterId));
      expect(entries?.count).toBe(logSize);
    }
    // A round in which nobody was served shows nothing.
    expect(totals.signed).toBeGreaterThan(Math.floor(runs(KILLS)));
  } finally {
    await app.stop();
    await world.close();
  }
}

it.skipIf(!existsSync('/proc/self'))(
  'loses nothing acknowledged and keeps no half answer when it is killed, on SQLite',
  { timeout: runTime(120_000) },
  async () => {
    await surviveKills({});
  },
);

it.skipIf(!existsSync('/proc/self') || !hasTool('initdb'))('the same on PostgreSQL', { timeout: runTime(120_000) }, async () => {
  let server: PostgresServer | undefined;
  try {
    server = await startPostgres();
    await surviveKills({ DATABASE_URL: server.newDatabase() });
  } finally {
    server?.stop();
  }
});
