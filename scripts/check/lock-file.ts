import { execFileSync } from 'node:child_process';
import { type Finding, ROOT } from './project-files.ts';

/** `npm ci` takes the lock file as it is: nothing missing for another system, nothing older than package.json. */
export function checkLockFile(): Finding[] {
  try {
    execFileSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    return [];
  } catch (error) {
    const words = String((error as { stderr?: Buffer }).stderr ?? error).split('\n');
    const reason = words.find((line) => /Missing|Invalid|out of sync|in sync/i.test(line)) ?? words[0] ?? '';
    return [{ place: 'package-lock.json', advice: `run npm install, then npm run lock, and commit it (${reason.trim()})` }];
  }
}
