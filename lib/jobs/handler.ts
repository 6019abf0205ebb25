import type { z } from 'zod';
import type { Instance } from '../instance.ts';

/** One kind of work that is done later. */
export interface JobHandler<Payload> {
  /** Stored with each job: rename none. */
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
  /** May run twice, after a crash: it does what is still to do and finds the rest done. */
  run(instance: Instance, payload: Payload, now: Date): Promise<void>;
}

/** A handler among others, whose payload only it knows. */
export type AnyJobHandler = JobHandler<unknown>;

/** A job to be queued: its payload fits its handler. */
export interface NewJob<Payload> {
  readonly handler: Pick<JobHandler<Payload>, 'kind' | 'payload'>;
  readonly payload: Payload;
  /** At most one queued job a key. */
  readonly key?: string;
  /** Not before; now where left out. */
  readonly runAt?: Date;
}
