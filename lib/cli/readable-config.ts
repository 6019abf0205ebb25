import { type Config, ConfigError, loadConfig } from '../config.ts';
import type { Terminal } from './command.ts';

/** The configuration, or null after saying what is wrong with it. */
export function readableConfig(terminal: Terminal): Config | null {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    terminal.note(`${error.message}\n`);
    return null;
  }
}
