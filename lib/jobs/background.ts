import { hasDueJob } from '../../db/queries/jobs.ts';
import { hasDueMail } from '../../db/queries/leaving.ts';
import type { Instance } from '../instance.ts';
import { Breaker } from '../outbox/breaker.ts';
import type { MailHooks } from '../outbox/hooks.ts';
import { MailSender } from '../outbox/send.ts';
import { type MailTransport, smtpTransport } from '../outbox/transport.ts';
import { listenForWake } from '../shared/wake.ts';
import { describeFailure } from './failure.ts';
import type { AnyJobHandler } from './handler.ts';
import { startLoop } from './loop.ts';
import { runNextJob } from './run.ts';

/** Something to be looked after now and then, however often; it finds out by itself what there is to do. */
export type Chore = (instance: Instance, now: Date) => Promise<unknown>;

/** Work that finds out by itself what there is to do, looked after whenever something was announced, and every few seconds. */
export interface Watch {
  /** What went wrong is told under this. */
  readonly name: string;
  isDue(instance: Instance, now: Date): Promise<boolean>;
  /** Does some of it; false where nothing is left. */
  step(instance: Instance, now: Date): Promise<boolean>;
}

export interface BackgroundOptions {
  readonly handlers: readonly AnyJobHandler[];
  readonly chores: readonly Chore[];
  readonly watches?: readonly Watch[];
  readonly mailHooks: MailHooks;
  readonly clock: () => Date;
  /** Milliseconds between two looks for what nobody announced: what another process queued, and what was postponed until now. */
  readonly everyMs?: number;
  readonly onFailure?: (sentence: string) => void;
}

/** A wake comes from inside a transaction; this is when its commit is mostly through. */
const COMMIT_MS = 50;
const MAIL_LANES = 4;
/** The first mail after a while goes at once; those that follow it are gathered, and cost a fraction each. */
const MAIL_REST_MS = 1000;
/** Of what is woken: a hall in which somebody signs every moment is looked after a few times a second, and not once for each of them. */
const REST_MS = 250;
/** A list is put in order less often: each newcomer is looked for among all the others, and those who come together share their looks. */
const WATCH_REST_MS = 1000;
/** Every tenth look. */
const CHORES_RARER = 10;

/** Sends what is in the outbox and does the jobs, in this process, until stopped. */
export function startBackground(instance: Instance, options: BackgroundOptions): { stop(): Promise<void> } {
  const { config, store } = instance;
  const { handlers, chores, watches = [], mailHooks, clock, everyMs = 3000, onFailure = () => undefined } = options;
  const breaker = new Breaker();
  const transport: MailTransport | null = config.smtpUrl === null ? null : breaker.over(smtpTransport(config.smtpUrl, config), clock);
  let stopping = false;
  const maySend = () => !stopping && !breaker.isOpen(clock());
  const sender = new MailSender(instance, { transport, clock, hooks: mailHooks, maySend });
  const mails = startLoop({
    step: async (onMore) => maySend() && (await sender.sendDue({ lanes: MAIL_LANES, onMore })).more,
    isDue: () => hasDueMail(store.read, clock()),
    lanes: MAIL_LANES,
    everyMs,
    restMs: MAIL_REST_MS,
    onFailure: (error) => onFailure(`Sending mail: ${describeFailure(error)}`),
  });
  const jobs = startLoop({
    step: async () => (await runNextJob(instance, handlers, clock)) !== 'nothing-due',
    isDue: () => hasDueJob(store.read, clock()),
    lanes: 1,
    everyMs,
    restMs: REST_MS,
    onFailure: (error) => onFailure(`Doing jobs: ${describeFailure(error)}`),
  });
  const chored = startLoop({
    async step() {
      for (const chore of chores) await chore(instance, clock());
      return false;
    },
    isDue: async () => chores.length > 0,
    lanes: 1,
    everyMs: everyMs * CHORES_RARER,
    onFailure: (error) => onFailure(`Looking after what is due: ${describeFailure(error)}`),
  });
  const watched = watches.map(({ name, isDue, step }) =>
    startLoop({
      step: () => step(instance, clock()),
      isDue: () => isDue(instance, clock()),
      lanes: 1,
      everyMs,
      restMs: WATCH_REST_MS,
      onFailure: (error) => onFailure(`${name}: ${describeFailure(error)}`),
    }),
  );
  const woken = [mails, jobs, ...watched];
  const wakeAll = () => {
    for (const loop of woken) loop.wake();
  };
  let soon: NodeJS.Timeout | undefined;
  const deafen = listenForWake(() => {
    soon ??= setTimeout(() => {
      soon = undefined;
      wakeAll();
    }, COMMIT_MS).unref();
  });
  wakeAll();
  chored.wake();
  return {
    async stop() {
      stopping = true;
      deafen();
      clearTimeout(soon);
      await Promise.all([...woken, chored].map((loop) => loop.stop()));
    },
  };
}
