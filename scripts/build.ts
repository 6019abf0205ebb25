import { resolve } from 'node:path';
import { buildApp } from './launch/app-build.ts';
import { complain, LaunchError } from './launch/say.ts';

try {
  await buildApp(resolve(import.meta.dirname, '..'));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  complain(error.message);
  process.exitCode = 1;
}
