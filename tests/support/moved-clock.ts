import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireTool } from './tools.ts';

export interface MovedClock {
  /** The environment of a program that goes by this clock. */
  readonly settings: Readonly<Record<string, string>>;
  /** Puts the clock there; it runs on from then at its usual pace. Resolves once every program has seen it. */
  moveTo(instant: Date): Promise<void>;
  remove(): void;
}

/** Programs ask the file for the time as often as this. */
const LOOKS_EVERY_S = 1;

/**
 * A clock for programs started with its settings. Their timers go on as ever: a server whose timers saw a day go by would take every
 * open connection for one that has kept it waiting since yesterday.
 */
export function movedClock(start: Date): MovedClock {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-clock-'));
  const file = join(folder, 'offset');
  const write = (instant: Date) => {
    const seconds = Math.round((instant.getTime() - Date.now()) / 1000);
    writeFileSync(file, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
  };
  write(start);
  // Where the library is differs between machines; the command knows.
  const library = execFileSync(requireTool('faketime'), ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
  return {
    settings: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: String(LOOKS_EVERY_S),
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    async moveTo(instant) {
      write(instant);
      await new Promise((done) => setTimeout(done, LOOKS_EVERY_S * 1000 + 200));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
