/** What one engine's process prints when it has run. */
export interface Measured {
  readonly pages: number;
  /** User and system seconds of this process, all its threads, from its start; warm: of one run of many. */
  readonly cpuSeconds: number;
  /** Megabytes, the highest of the process. */
  readonly peakMemory: number;
  readonly bytes: number;
}

export interface EngineArguments {
  readonly count: number;
  readonly file: string;
  readonly tagged: boolean;
}

const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;
const WARM_RUNS = 5;
/** CPU seconds of runs that are not counted: what a server renders often has been compiled. One run is enough where it takes as long. */
const WARM_UP = 2;

/** Runs an engine once in a fresh process, or again and again, for the median of five once it is warm; `COUNT FILE tagged|untagged cold|warm`. */
export async function measure(run: (input: EngineArguments) => Promise<{ readonly pages: number; readonly bytes: number }>): Promise<void> {
  const [count = '0', file = '', tags, heat] = process.argv.slice(2);
  const input = { count: Number(count), file, tagged: tags === 'tagged' };
  let result = await run(input);
  let cpuSeconds = seconds(process.cpuUsage());
  if (heat === 'warm') {
    const began = process.cpuUsage();
    while (seconds(process.cpuUsage(began)) < WARM_UP) await run(input);
    const later: number[] = [];
    for (let index = 0; index < WARM_RUNS; index++) {
      const before = process.cpuUsage();
      result = await run(input);
      later.push(seconds(process.cpuUsage(before)));
    }
    cpuSeconds = later.toSorted((one, two) => one - two)[WARM_RUNS >> 1] ?? 0;
  }
  const measured: Measured = { ...result, cpuSeconds, peakMemory: process.resourceUsage().maxRSS / 1024 };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}
