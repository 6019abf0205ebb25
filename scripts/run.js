// node scripts/run.js NAME …: runs scripts/NAME.ts on a Node that can read it.
import { ensureNode } from '../bin/node-guard.js';

ensureNode();
const [name, ...rest] = process.argv.slice(2);
const script = new URL(`./${name}.ts`, import.meta.url);
process.argv = [process.argv[0], script.pathname, ...rest];
await import(script.href);
