/** What a command may touch of the terminal; a test gives its own. */
export interface Terminal {
  /** What was asked for. */
  out(text: string): void;
  /** Everything else: faults, notes, progress. */
  note(text: string): void;
  /** The notes go to a person's screen: then a progress bar may be drawn. */
  readonly interactive: boolean;
}

/** 0 done, 1 failed, 2 used wrongly. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** As it is typed: `render`, `coordinator invite`. */
  readonly name: string;
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  run(args: readonly string[], terminal: Terminal, now: () => Date): Promise<ExitCode>;
}
