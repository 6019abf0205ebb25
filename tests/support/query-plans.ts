import Database from 'better-sqlite3';
import { type DatabaseLocation, databaseFile } from '../../db/open.ts';

/** Every text that SQLite is given to compile meanwhile. */
export async function compiledTexts(ask: () => Promise<unknown>): Promise<readonly string[]> {
  const texts: string[] = [];
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, text: string) {
    texts.push(text);
    return prepare.call(this, text);
  } as typeof prepare;
  try {
    await ask();
  } finally {
    Database.prototype.prepare = prepare;
  }
  return texts;
}

/** What SQLite says of how it does everything that is asked meanwhile, a line for each step. */
export async function queryPlans({ dataDir }: DatabaseLocation, ask: () => Promise<unknown>): Promise<readonly string[]> {
  const texts = await compiledTexts(ask);
  const file = new Database(databaseFile(dataDir), { readonly: true });
  const plans = texts.flatMap((text) => file.prepare(`explain query plan ${text}`).all(...(text.match(/\?/g) ?? []).map(() => '')));
  file.close();
  return plans.map((row) => (row as { readonly detail: string }).detail);
}
