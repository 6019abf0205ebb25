import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parseEmailAddress } from './crypto/email-address.ts';
import { type Result, refusal, success } from './shared/result.ts';

/** Everything an instance can be told from outside. Paths are absolute. */
export interface Config {
  /** The repository root: where the app's own files lie, and what a relative DATA_DIR counts from. */
  readonly root: string;
  /** Scheme, host and port as the browser sees them, without a slash at the end. */
  readonly origin: string;
  /** The origin is this very machine, so mails may be kept and shown instead of sent. */
  readonly loopback: boolean;
  /** True for https: cookies carry `Secure` and the `__Host-` prefix, and HSTS is sent. */
  readonly secureCookies: boolean;
  readonly port: number;
  /** The interface the server listens on. */
  readonly bindAddress: string;
  readonly dataDir: string;
  readonly keysFile: string;
  /** `postgres://…`, or null for the SQLite file in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Where mails are handed over; null only on a loopback origin: then they are kept and shown on the local mail page. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Most mails that leave in any hour; null: as many as there are. */
  readonly mailPerHour: number | null;
  /** How many proxies in front are our own, 1 at least for https; 0 takes the socket's address as the client's. */
  readonly trustedHops: number;
  /** `?lang=en-XB` shows the interface in accented English set right to left. */
  readonly pseudoLocale: boolean;
}

/** One variable that keeps the app from starting, and the sentence that says so. */
export interface ConfigFault {
  readonly variable: string;
  readonly sentence: string;
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const LOOPBACK_INTERFACES: ReadonlySet<string> = new Set(['127.0.0.1', '::1']);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const urlOf = (...schemes: readonly string[]) =>
  z.string().refine((text) => {
    const url = URL.parse(text);
    return url !== null && schemes.includes(url.protocol) && url.hostname !== '';
  });

/**
 * One entry a variable. `doc` is its line in `.env.example`, `rule` what is said about a bad value;
 * `secret` values are never repeated in a message.
 */
export const VARIABLES = {
  APP_ORIGIN: {
    schema: z
      .string()
      .refine((text) => {
        const url = URL.parse(text);
        return url !== null && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(text);
      })
      .optional(),
    fallback: 'http://localhost:3000',
    doc: 'Where people reach this instance: https://letters.example.org, or http://localhost:3000 to try it on one machine.',
    rule: 'must be an origin such as https://letters.example.org, without a path',
  },
  PORT: {
    schema: wholeNumber(1, 65_535).optional(),
    fallback: '3000',
    doc: 'Port to listen on.',
    rule: 'must be a whole number from 1 to 65535',
  },
  BIND_ADDRESS: {
    schema: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
    fallback: '127.0.0.1',
    doc: 'Interface to listen on; 0.0.0.0 when the https proxy runs on another machine or in another container.',
    rule: 'must be an IP address of this machine, such as 127.0.0.1 or 0.0.0.0',
  },
  DATA_DIR: {
    schema: z.string().default('./data'),
    fallback: './data',
    doc: 'Folder of the database and the keys; a relative path counts from the folder of package.json.',
    rule: 'must be the path of a folder',
  },
  KEYS_FILE: {
    schema: z.string().optional(),
    fallback: '',
    doc: 'File of the secret keys, made at the first start (default: keys.json in DATA_DIR). Without it personal data cannot be read again.',
    rule: 'must be the path of a file',
  },
  DATABASE_URL: {
    schema: urlOf('postgres:', 'postgresql:').optional(),
    fallback: '',
    doc: 'postgres://… to use PostgreSQL; empty for the embedded database in DATA_DIR.',
    rule: 'must begin with postgres:// and name a server and a database',
    secret: true,
  },
  SMTP_URL: {
    schema: urlOf('smtp:', 'smtps:').optional(),
    fallback: '',
    doc: 'smtp://user:password@mail.example.org:587 or smtps://…; may stay empty only while APP_ORIGIN is on this machine.',
    rule: 'must begin with smtp:// or smtps:// and name a mail server',
    secret: true,
  },
  MAIL_FROM: {
    schema: z
      .string()
      .refine((text) => parseEmailAddress(text).ok)
      .optional(),
    fallback: '',
    doc: 'Sender of every mail (default: undersigned@ and the host of APP_ORIGIN).',
    rule: 'must be one e-mail address, such as letters@example.org',
  },
  MAIL_PER_HOUR: {
    schema: wholeNumber(10, 999_999).optional(),
    fallback: '',
    doc: 'Most mails your mail server takes from you in an hour; empty for no limit. A tenth is left to sign-in links and confirmations.',
    rule: 'must be a whole number from 10 to 999999',
  },
  TRUSTED_HOPS: {
    schema: wholeNumber(0, 16).default(0),
    fallback: '0',
    doc: 'How many proxies of your own stand in front: 1 at least for https. 0 takes the address of the connection as the visitor’s.',
    rule: 'must be a whole number from 0 to 16',
  },
  PSEUDO_LOCALE: {
    schema: z.enum(['no', 'yes']).default('no'),
    fallback: 'no',
    doc: 'With `yes`, `?lang=en-XB` shows the interface in accented English set right to left: for whoever works on it.',
    rule: 'must be yes or no',
  },
} as const satisfies Record<string, { schema: z.ZodType; fallback: string; doc: string; rule: string; secret?: true }>;

type VariableName = keyof typeof VARIABLES;
type Environment = Readonly<Record<string, string | undefined>>;
type Values = { -readonly [Name in VariableName]: z.output<(typeof VARIABLES)[Name]['schema']> };

function readValues(env: Environment): Result<Values, ConfigFault[]> {
  const values: Record<string, unknown> = {};
  const faults: ConfigFault[] = [];
  for (const [variable, { schema, rule, ...rest }] of Object.entries(VARIABLES)) {
    // `VARIABLE=` in a file means "not set": the default counts, as it does where the line is missing.
    const text = env[variable]?.trim() || undefined;
    const parsed = schema.safeParse(text);
    const found = 'secret' in rest ? '' : `; it is "${text ?? ''}"`;
    if (parsed.success) values[variable] = parsed.data;
    else faults.push({ variable, sentence: `${variable} ${rule}${found}.` });
  }
  return faults.length === 0 ? success(values as Values) : refusal(faults);
}

/** What no variable can say alone: plain http only on this machine, https only behind a proxy, mail that leaves it by a mail server. */
function findConflicts(values: Values, origin: URL, loopback: boolean): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (origin.protocol === 'http:' && !loopback) {
    faults.push({
      variable: 'APP_ORIGIN',
      sentence: `APP_ORIGIN must begin with https:// unless it is on this machine (http://localhost); it is "${origin.origin}".`,
    });
  }
  if (origin.protocol === 'http:' && loopback && !LOOPBACK_INTERFACES.has(values.BIND_ADDRESS)) {
    faults.push({
      variable: 'BIND_ADDRESS',
      sentence: `BIND_ADDRESS must be 127.0.0.1 while APP_ORIGIN is ${origin.origin}, since plain http may not leave this machine.`,
    });
  }
  if (origin.protocol === 'https:' && values.TRUSTED_HOPS === 0) {
    // All visitors would count as one network, and anybody could use up a member's sign-in links.
    faults.push({
      variable: 'TRUSTED_HOPS',
      sentence: `TRUSTED_HOPS must say how many proxies of yours stand in front, 1 at least, while APP_ORIGIN is ${origin.origin}, since https ends at a proxy.`,
    });
  }
  if (!loopback && values.SMTP_URL === undefined) {
    faults.push({
      variable: 'SMTP_URL',
      sentence: `SMTP_URL must name a mail server while APP_ORIGIN is ${origin.origin}, since invitations and confirmations go out by mail.`,
    });
  }
  return faults;
}

/**
 * Reads an environment.
 * @param env names to texts, as in `process.env`; an empty text counts as not set
 * @param repositoryRoot absolute path that relative paths count from
 * @returns the configuration, or every variable that is wrong with a sentence to print
 */
export function readConfig(env: Environment, repositoryRoot: string): Result<Config, ConfigFault[]> {
  const read = readValues(env);
  if (!read.ok) return read;
  const values = read.value;
  // The origin's own port wins over 3000 where plain http is served without a proxy: one variable is then enough.
  const origin = new URL(values.APP_ORIGIN ?? `http://localhost:${values.PORT ?? 3000}`);
  const loopback = LOOPBACK_HOSTS.has(origin.hostname);
  const conflicts = findConflicts(values, origin, loopback);
  if (conflicts.length > 0) return refusal(conflicts);
  const originPort = origin.protocol === 'http:' ? Number(origin.port || 80) : 3000;
  const dataDir = resolve(repositoryRoot, values.DATA_DIR);
  return success({
    root: repositoryRoot,
    origin: origin.origin,
    loopback,
    secureCookies: origin.protocol === 'https:',
    port: values.PORT ?? originPort,
    bindAddress: values.BIND_ADDRESS,
    dataDir,
    keysFile: values.KEYS_FILE === undefined ? join(dataDir, 'keys.json') : resolve(repositoryRoot, values.KEYS_FILE),
    databaseUrl: values.DATABASE_URL ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? `undersigned@${LOOPBACK_HOSTS.has(origin.hostname) ? 'localhost' : origin.hostname}`,
    mailPerHour: values.MAIL_PER_HOUR ?? null,
    trustedHops: values.TRUSTED_HOPS,
    pseudoLocale: values.PSEUDO_LOCALE === 'yes',
  });
}

/** A configuration that cannot be used; its message is the sentences, one a line, ready to print. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(faults.map((fault) => fault.sentence).join('\n'));
    this.faults = faults;
  }
}

// Next instantiates a module several times in one process; only globalThis is shared by all of them.
const memo: { undersignedConfig?: Config } = globalThis as { undersignedConfig?: Config };

/** @throws ConfigError where there is something of that name which cannot be read as a file */
function loadSettingsFile(file: string): void {
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch {
    const reason = statSync(file, { throwIfNoEntry: false })?.isDirectory() ? 'is a folder' : 'cannot be read by this user';
    throw new ConfigError([
      { variable: '.env', sentence: `The settings file ${file} ${reason}: make it a readable file, or take it away and set variables.` },
    ]);
  }
}

/**
 * This process's configuration, read once: variables of the process, then `.env` in the repository root.
 * The launcher and `bin/undersigned.js` name the root, since a built server runs in another folder.
 * @throws ConfigError
 */
export function loadConfig(): Config {
  if (memo.undersignedConfig) return memo.undersignedConfig;
  const root = resolve(process.env['UNDERSIGNED_ROOT'] || process.cwd());
  loadSettingsFile(join(root, '.env'));
  const config = readConfig(process.env, root);
  if (!config.ok) throw new ConfigError(config.reason);
  memo.undersignedConfig = config.value;
  return config.value;
}
