import { type Result, refusal, success } from '../shared/result.ts';

export interface RenderLimits {
  /** How many render at the same time. */
  readonly running: number;
  /** How many may wait for their turn. */
  readonly waiting: number;
}

export interface RenderQueue {
  /**
   * Takes a place, or refuses at once where as many wait as may. The place is left by an abort while it waits (`turn` then rejects with the
   * signal's reason), and by calling what `turn` gave once the work is over.
   */
  enter(signal: AbortSignal): Result<{ readonly turn: Promise<() => void> }, 'busy'>;
}

/** First come, first served. */
export function renderQueue({ running: most, waiting: longest }: RenderLimits): RenderQueue {
  let running = 0;
  const waiting = new Set<() => void>();

  /** A finished one hands its place on: whoever comes in that moment does not overtake. */
  function leave(): void {
    const [next] = waiting;
    if (next) next();
    else running--;
  }

  function place(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
    };
  }

  return {
    enter(signal) {
      if (signal.aborted) return success({ turn: Promise.reject(signal.reason) });
      if (running < most) {
        running++;
        return success({ turn: Promise.resolve(place()) });
      }
      if (waiting.size >= longest) return refusal('busy');
      const turn = new Promise<() => void>((resolve, reject) => {
        const called = () => {
          waiting.delete(called);
          signal.removeEventListener('abort', gone);
          resolve(place());
        };
        const gone = () => {
          waiting.delete(called);
          reject(signal.reason);
        };
        waiting.add(called);
        signal.addEventListener('abort', gone, { once: true });
      });
      return success({ turn });
    },
  };
}
