/** Processes as the kernel counts them. */
import { readdirSync, readFileSync } from 'node:fs';

/** Of /proc: jiffies a second. */
const TICKS = 100;

/** What follows the name of a process, which may hold anything, in its line; null once it has ended. */
function fieldsOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** A process and all under it. */
export function family(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(fieldsOf(Number(name))?.[1])] as const);
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found;
}

/** CPU milliseconds a process has used so far; 0 once it has ended. */
export function cpuOf(pid: number): number {
  const fields = fieldsOf(pid);
  return fields === null ? 0 : ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

/**
 * The same of the threads it has, to the microsecond where `cpuOf` counts by ten milliseconds, which of twenty-five answers is 0.4 each.
 * For a process that lives on: what a thread used that has ended since is not in it.
 */
export function cpuOfThreads(pid: number): number {
  let nanoseconds = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    }
  } catch {
    // It has ended.
  }
  return nanoseconds / 1e6;
}
