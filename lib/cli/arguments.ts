import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Result, refusal, success } from '../shared/result.ts';

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
type Values<Given extends Options> = { readonly [Name in keyof Given]?: Given[Name]['type'] extends 'string' ? string : boolean };

export interface ReadArguments<Given extends Options> {
  readonly values: Values<Given & typeof EVERYWHERE>;
  readonly positionals: readonly string[];
}

const EVERYWHERE = { json: { type: 'boolean' } } as const;

/**
 * Reads what follows a command's name.
 * @param names of what must stand there without a dash, in order
 * @returns the sentence to print where it was used wrongly
 */
export function readArguments<const Given extends Options>(
  args: readonly string[],
  options: Given,
  names: readonly string[],
): Result<ReadArguments<Given>, string> {
  let parsed: { values: object; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...EVERYWHERE, ...options } as ParseArgsOptionsConfig,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's sentences name the option and what is wrong with it; the advice after the first one is about dashes.
    return refusal(`${(error.message.split(/[.\n]/)[0] ?? '').replaceAll("'", '"')}.`);
  }
  const missing = names[parsed.positionals.length];
  if (missing !== undefined) return refusal(`${missing} is missing.`);
  const extra = parsed.positionals[names.length];
  if (extra !== undefined) return refusal(`"${extra}" is one too many.`);
  return success(parsed as ReadArguments<Given>);
}

/** One of a few words, or the sentence that lists them. */
export function readChoice<const Choice extends string>(
  option: string,
  given: string | undefined,
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): Result<Choice, string> {
  if (given === undefined) return success(fallback);
  const found = choices.find((choice) => choice === given);
  return found === undefined ? refusal(`--${option} is one of ${choices.join(', ')}, not "${given}".`) : success(found);
}
