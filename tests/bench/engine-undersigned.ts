import { enableCompileCache } from 'node:module';
import { measure } from './measure.ts';

/** The project's own renderer, its entries made as they are asked for. Modules come compiled from the cache, as `bin/` has them. */
enableCompileCache();
const { runUndersigned } = await import('./run-undersigned.ts');
await measure(runUndersigned);
