import type { Terminal } from './command.ts';

export interface Progress {
  show(done: number, total: number): void;
  end(): void;
}

const SILENT: Progress = { show: () => undefined, end: () => undefined };

/** A bar on a person's terminal, nothing in a log or a pipe. The library is loaded only where a bar is drawn. */
export async function startProgress(terminal: Terminal, what: string): Promise<Progress> {
  if (!terminal.interactive) return SILENT;
  const { default: cliProgress } = await import('cli-progress');
  const bar = new cliProgress.SingleBar(
    {
      format: `${what} {bar} {percentage}%  {value}/{total}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    cliProgress.Presets.shades_classic,
  );
  let begun = false;
  return {
    show(done, total) {
      if (begun) {
        bar.setTotal(total);
        bar.update(done);
      } else bar.start(total, done);
      begun = true;
    },
    end() {
      if (begun) bar.stop();
    },
  };
}
