// Commits to an instance's database: words are the data folder, how many transactions, and how many of them at once.
import { openStore } from '../../../../db/open.ts';

const [dataDir = '', transactions = '0', atOnce = '1'] = process.argv.slice(2);
const store = await openStore({ dataDir, databaseUrl: null });
for (let at = 0; at < Number(transactions); at += Number(atOnce)) {
  const group = Array.from({ length: Number(atOnce) }, (_, number) =>
    store.inTransaction((tx) =>
      tx.insert(tx.tables.formDrafts).values({ id: `${process.pid}-${at + number}`, sealed: Buffer.of(1), expiresAt: new Date(0) }),
    ),
  );
  await Promise.all(group);
}
process.stdout.write('done\n');
// Ended without closing: closing would write the log into the file and sync once more.
process.exit(0);
