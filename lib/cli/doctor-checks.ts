import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { databaseFile, openStore } from '../../db/open.ts';
import { countFailedJobs, countFillingBatches, countLostMails, countWaitingMails } from '../../db/queries/health.ts';
import type { Store } from '../../db/store.ts';
import type { Config } from '../config.ts';
import { keysFileSentence, readKeysFile } from '../crypto/keys-file.ts';
import { databaseFileSentence } from '../database-file.ts';
import fontManifest from '../pdf/fonts/manifest.json' with { type: 'json' };
import { databaseSentence, FOREIGN_KEYS_FILE, keysFit, NEWER_DATABASE } from '../prepare-instance.ts';
import { writableFolder } from '../shared/writable-folder.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly state: 'good' | 'note' | 'wrong';
  readonly sentence: string;
}

const HOUR_MS = 3_600_000;
const GIGABYTE = 1024 ** 3;

const finding = (what: string, state: Finding['state'], sentence: string): Finding => ({ what, state, sentence });

export function checkDataFolder({ dataDir }: Config): Finding {
  // Before the first start there is none yet: then what is above it must take one.
  const folder = writableFolder(dataDir);
  if (!folder.ok) {
    const { reason, path } = folder.reason;
    return finding(
      'data folder',
      'wrong',
      reason === 'a-file' ? `${path} is a file, not a folder.` : `${dataDir} cannot be written by this user.`,
    );
  }
  const { bavail, bsize } = statfsSync(folder.value);
  const free = (bavail * bsize) / GIGABYTE;
  const sentence = `${dataDir}, ${free.toFixed(1)} GB free`;
  if (free < 0.1) return finding('data folder', 'wrong', `${sentence}: the disk is all but full.`);
  return finding('data folder', free < 1 ? 'note' : 'good', sentence);
}

export function checkFonts(): Finding {
  let files = 0;
  for (const { files: listed } of fontManifest.packages) {
    for (const { file, sha256 } of listed) {
      files++;
      const path = new URL(`../pdf/fonts/${file}`, import.meta.url);
      if (!existsSync(path)) return finding('fonts', 'wrong', `${file} is missing: run npm run fonts.`);
      if (createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256) {
        return finding('fonts', 'wrong', `${file} is not the file it should be: run npm run fonts.`);
      }
    }
  }
  return finding('fonts', 'good', `${files} files as listed`);
}

export function checkMail({ smtpUrl, mailFrom }: Config): Finding {
  if (smtpUrl === null) return finding('mail', 'note', 'no SMTP_URL: mails are kept and shown on the local mail page');
  return finding('mail', 'good', `by ${new URL(smtpUrl).host}, as ${mailFrom}`);
}

/** @param database `unknown` where its server does not answer */
function checkKeys({ keysFile }: Config, keys: ReturnType<typeof readKeysFile>, database: 'none' | 'there' | 'unknown'): Finding {
  if (keys.ok) {
    if (database === 'there') return finding('keys', 'good', keysFile);
    const sentence =
      database === 'none'
        ? `${keysFile}, and no database: the next start makes one. If there was one, put it back before.`
        : `${keysFile}; whether it belongs to the database cannot be told while that does not answer.`;
    return finding('keys', 'note', sentence);
  }
  if (keys.reason !== 'missing' || database === 'there') return finding('keys', 'wrong', keysFileSentence(keysFile, keys.reason));
  if (!writableFolder(dirname(keysFile)).ok) return finding('keys', 'wrong', keysFileSentence(keysFile, 'unwritable'));
  if (database === 'none') return finding('keys', 'note', 'none yet: made at the first start');
  return finding('keys', 'note', `none at ${keysFile}: that is right only where the database is new, and it does not answer.`);
}

/** Keys, database, and what waits in it; changes nothing. */
export async function checkStored(config: Config, now: Date): Promise<readonly Finding[]> {
  const keys = readKeysFile(config.keysFile);
  const unusable = databaseFileSentence(config);
  if (unusable !== null) {
    const state = existsSync(databaseFile(config.dataDir)) ? 'there' : 'none';
    return [checkKeys(config, keys, state), finding('database', 'wrong', unusable)];
  }
  const { migrationState } = await import('../../db/migrate.ts');
  const state = await migrationState(config).catch((error: unknown) => ({ sentence: databaseSentence(error) }));
  // An empty file of that name counts as a database: what was in it may yet be put back.
  const fresh = state === 'none' && (config.databaseUrl !== null || !existsSync(databaseFile(config.dataDir)));
  const keysFinding = checkKeys(config, keys, fresh ? 'none' : typeof state === 'string' || !config.databaseUrl ? 'there' : 'unknown');
  switch (state) {
    case 'none':
      return [keysFinding, finding('database', 'note', 'none yet: made at the first start')];
    case 'newer':
      return [keysFinding, finding('database', 'wrong', NEWER_DATABASE)];
    case 'behind':
      return [keysFinding, finding('database', 'wrong', 'of an earlier version: run undersigned migrate, with the server stopped.')];
    case 'current':
      break;
    default:
      return [keysFinding, finding('database', 'wrong', state.sentence)];
  }
  let store: Store;
  try {
    // Asserts every pragma of both connections.
    store = await openStore(config);
  } catch (error) {
    return [keysFinding, finding('database', 'wrong', databaseSentence(error))];
  }
  try {
    const fit = keys.ok ? await keysFit(store, keys.value) : 'unknown';
    const engine = store.dialect === 'sqlite' ? 'SQLite, of this version, all safeguards on' : 'PostgreSQL, of this version';
    return [
      fit === 'no' ? finding('keys', 'wrong', FOREIGN_KEYS_FILE) : keysFinding,
      finding('database', 'good', engine),
      ...(await checkWork(store, now)),
    ];
  } finally {
    await store.close();
  }
}

async function checkWork({ read }: Store, now: Date): Promise<readonly Finding[]> {
  const { waiting, since } = await countWaitingMails(read);
  const { failed, refused } = await countLostMails(read, new Date(now.getTime() - 7 * 24 * HOUR_MS));
  const late = since !== null && now.getTime() - since.getTime() > HOUR_MS;
  const jobs = await countFailedJobs(read);
  const stuck = await countFillingBatches(read, new Date(now.getTime() - 25 * HOUR_MS));
  const young = (await countFillingBatches(read, new Date(now.getTime() + HOUR_MS))) - stuck;
  return [
    finding(
      'outbox',
      late ? 'wrong' : 'good',
      waiting === 0 || since === null
        ? 'empty'
        : `${waiting} waiting, the oldest since ${since.toISOString()}${late ? ': is the server running, and the mail server up?' : ''}`,
    ),
    finding(
      'mails of the last 7 days',
      failed > 0 ? 'note' : 'good',
      `${failed} given up, ${refused} refused by their recipients' servers`,
    ),
    finding('jobs', jobs > 0 ? 'wrong' : 'good', jobs === 0 ? 'none failed' : `${jobs} failed`),
    finding(
      'imports',
      stuck > 0 ? 'wrong' : young > 0 ? 'note' : 'good',
      stuck === 0
        ? young === 0
          ? 'none left half done'
          : `${young} under way, or cut off: nothing of it shows, and what was cut off is cleared away a day after it began`
        : `${stuck} left half done and not yet cleared away: nothing of them shows; start the server, which clears them`,
    ),
  ];
}
