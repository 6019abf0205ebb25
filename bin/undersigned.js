#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { ensureNode } from './node-guard.js';

ensureNode();
const root = fileURLToPath(new URL('..', import.meta.url));
process.env.UNDERSIGNED_ROOT ??= root;
// Before anything large is imported: it halves the start of a second run. Beside the code and not in the shared temporary folder,
// where another user could have put compiled code of theirs.
module.enableCompileCache(`${root}node_modules/.cache/undersigned`);
const { main } = await import('../lib/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
