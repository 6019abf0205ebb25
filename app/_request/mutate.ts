import type { z } from 'zod';
import { PROVE_AGAIN } from '../../lib/auth/step-up.ts';
import type { RateClaim } from '../../lib/rates/rate.ts';
import type { Fault } from '../../lib/shared/fault.ts';
import type { Result } from '../../lib/shared/result.ts';
import {
  type Answer,
  answerDone,
  answerFaults,
  answerLostGate,
  answerProveAgain,
  answerRefused,
  answerTooMany,
  type Barrier,
  type Done,
  wantsJson,
} from './answer.ts';
import { checkBodyHead, parseBody, readBytes } from './body.ts';
import { faultsOf } from './faults.ts';
import { type FormKeeping, KEPT_BRIEFLY } from './form-drafts.ts';
import { type Instance, instance } from './instance.ts';
import { checkSource } from './source.ts';
import { type Visitor, visitorOf } from './visitor.ts';

export interface Call<Scope, Input> {
  /** What the gate proved: the only thing a command may reach. */
  readonly scope: Scope;
  readonly input: Input;
  readonly now: Date;
  readonly visitor: Visitor;
}

/** A command's refusal: a reason for the form as a whole, or faults at their fields. `PROVE_AGAIN` leads by way of a new sign-in. */
export type Refused = string | Fault | readonly Fault[];

export interface Mutation<Schema extends z.ZodType, Scope, Value> {
  /** Kebab case, one a form; names the kept input and the messages `fault.<name>.<place>.<reason>`. */
  readonly name: string;
  /** Over the fields as sent: a string each, a list where a name came more than once; JSON as it is. */
  readonly schema: Schema;
  /** Largest body in bytes. */
  readonly limit: number;
  /** True where the form uploads files (multipart). */
  readonly files?: boolean;
  /** Field names whose values are not handed back after a refusal. */
  readonly secrets?: readonly string[];
  /** The gate: a branded scope, or why not. It runs before the body is read. */
  readonly who: (visitor: Visitor) => Promise<Result<Scope, Barrier>>;
  readonly rates?: (call: Call<Scope, z.output<Schema>>) => readonly RateClaim[] | Promise<readonly RateClaim[]>;
  /** Of a claim that is over its limit: what is answered without the command, as after its success; null for a refusal. */
  readonly overLimit?: (call: Call<Scope, z.output<Schema>>, claim: RateClaim) => Promise<Value | null>;
  readonly command: (call: Call<Scope, z.output<Schema>>) => Promise<Result<Value, Refused>>;
  /** Where the visitor goes after success; or, of what changes nothing, the answer itself. */
  readonly done: (value: Value, call: Call<Scope, z.output<Schema>>) => Done | Response;
  /** The clean path of the page the form stands on. */
  readonly form: (visitor: Visitor) => string;
  /** How long what was typed is kept: by default briefly. */
  readonly kept?: FormKeeping;
  /** True where what was typed is kept too when the gate sends its writer to another page: their way in ended while they wrote. */
  readonly outlivesGate?: boolean;
}

export type Handler = (request: Request, context: { readonly params: Promise<unknown> }) => Promise<Response>;

/**
 * The one way to change anything: a POST handler that checks source, size and type, asks the gate, counts the rates, parses, runs the
 * command, and answers a browser with 303 (to the next page, or back to the form with faults and what was typed) and `Accept: application/json`
 * with 200, or with 422 and the faults.
 */
export function mutate<Schema extends z.ZodType, Scope, Value>(
  mutation: Mutation<Schema, Scope, Value>,
  running: () => Instance = instance,
): Handler {
  return async (request, context) => {
    const host = running();
    const visitor = visitorOf(request, await context.params, host);
    const answer: Answer = {
      host,
      visitor,
      json: wantsJson(request.headers),
      form: { form: mutation.name, path: mutation.form(visitor), keeping: mutation.kept ?? KEPT_BRIEFLY },
    };
    try {
      return await handle(request, mutation, answer);
    } catch (error) {
      host.report(`mutate ${mutation.name}`, error);
      return answerRefused(answer, 500, 'failure.text');
    }
  };
}

async function handle<Schema extends z.ZodType, Scope, Value>(
  request: Request,
  mutation: Mutation<Schema, Scope, Value>,
  answer: Answer,
): Promise<Response> {
  const { host, visitor } = answer;
  if (request.method !== 'POST') return answerRefused(answer, 405, 'refused.malformed');
  if (!checkSource(request.headers, host.origin).ok) return answerRefused(answer, 403, 'refused.foreign-origin');
  const head = checkBodyHead(request.headers, mutation.limit, mutation.files === true);
  if (!head.ok) return answerRefused(answer, head.reason, mutation.limit);

  const gate = await mutation.who(visitor);
  const lost = gate.ok ? null : helpfulPage(gate.reason);
  if (!gate.ok && (lost === null || answer.json || mutation.outlivesGate !== true)) return answerRefused(answer, gate.reason);

  const bytes = await readBytes(request.body, head.value.length, mutation.limit);
  if (!bytes.ok) return answerRefused(answer, bytes.reason, mutation.limit);
  const sent = await parseBody(bytes.value, head.value.kind, request.headers.get('content-type') ?? '');
  if (!sent.ok) return answerRefused(answer, sent.reason);

  const typed = { fields: sent.value, secrets: mutation.secrets ?? [] };
  if (!gate.ok) return answerLostGate(answer, lost ?? '/', typed);

  const parsed = mutation.schema.safeParse(sent.value, { reportInput: true });
  if (!parsed.success) return answerFaults(answer, faultsOf(parsed.error), typed);

  const call = { scope: gate.value, input: parsed.data, now: visitor.now, visitor };
  const answered = (value: Value): Response | Promise<Response> => {
    const done = mutation.done(value, call);
    return done instanceof Response ? done : answerDone(answer, done);
  };
  const taken = await host.rates.take((await mutation.rates?.(call)) ?? [], visitor.now);
  if (!taken.ok) {
    const value = (await mutation.overLimit?.(call, taken.reason.claim)) ?? null;
    return value === null ? answerTooMany(answer, taken.reason.retryAfter, typed) : answered(value);
  }

  const result = await mutation.command(call);
  if (!result.ok && result.reason === PROVE_AGAIN) return answerProveAgain(answer, typed);
  if (!result.ok) return answerFaults(answer, faultsIn(result.reason), typed);
  return answered(result.value);
}

const helpfulPage = (barrier: Barrier): string | null => (typeof barrier === 'object' ? barrier.to : null);

function faultsIn(refused: Refused): readonly Fault[] {
  if (typeof refused === 'string') return [{ place: '', reason: refused }];
  return 'place' in refused ? [refused] : refused;
}
