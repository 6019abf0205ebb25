#!/usr/bin/env node
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { ensureNode } from './node-guard.js';

ensureNode();
const root = fileURLToPath(new URL('..', import.meta.url));
process.env.UNDERSIGNED_ROOT ??= root;
// Before anything large is imported: it halves the start of a second run. Beside the code and not in the shared temporary folder,
// where another user could have put compiled code of theirs.
module.enableCompileCache(`${root}node_modules/.cache/undersigned`);
// WebAssembly (the shaper of the PDF) is optimised function by function once it has run for a while, on another core and at ten times
// what a short letter gains by it. Eight times that while: a long list gets there all the same.
setFlagsFromString('--wasm-tiering-budget=100000000');
// zod brings its own messages in fifty languages, a module each: a fifth of all modules that a short command waits for. Nobody sees
// them here, since faults are said in our words (`lib/cli/fault-sentences.ts`). The oldest Node we run on has no such hooks: it takes longer.
module.registerHooks?.({
  resolve: (wanted, context, next) =>
    wanted === '../locales/index.js' && context.parentURL?.includes('/node_modules/zod/')
      ? { url: 'data:text/javascript,export {}', format: 'module', shortCircuit: true }
      : next(wanted, context),
});
const { main } = await import('../lib/cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
