import { type Config, ConfigError, loadConfig } from '../config.ts';
import type { Terminal } from './command.ts';
import { fail } from './fail.ts';

/** The configuration, or null after saying what is wrong with it. */
export function readableConfig(terminal: Terminal, json: boolean): Config | null {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    fail(terminal, json, 'configuration', error.message, { faults: error.faults });
    return null;
  }
}
