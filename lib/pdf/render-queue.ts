import { type Result, refusal, success } from '../shared/result.ts';

export interface RenderLimits {
  /** How many render at the same time. */
  readonly running: number;
  /** How many may wait for their turn. */
  readonly waiting: number;
  /** How many of those may be for the same letter; by default no fewer. */
  readonly waitingEach?: number;
}

export interface RenderQueue {
  /**
   * Takes a place, or refuses at once where as many wait as may. The place is left by an abort while it waits (`turn` then rejects with the
   * signal's reason), and by calling what `turn` gave once the work is over.
   * @param whose of those who name the same, one runs at a time; null for a work that stands in nobody's way
   */
  enter(signal: AbortSignal, whose?: string | null): Result<{ readonly turn: Promise<() => void> }, 'busy'>;
}

interface Waiting {
  readonly whose: string | null;
  readonly call: () => void;
}

/** First come, first served: but whoever waits for another of the same letter lets those for other letters pass meanwhile. */
export function renderQueue({ running: most, waiting: longest, waitingEach = longest }: RenderLimits): RenderQueue {
  let running = 0;
  /** Letters of which one is running. */
  const taken = new Set<string>();
  /** In the order they came. */
  const waiting = new Set<Waiting>();

  const isFree = (whose: string | null) => running < most && (whose === null || !taken.has(whose));

  /** Takes the place at once, so that nobody who comes in the next moment overtakes. */
  function place(whose: string | null): () => void {
    running++;
    if (whose !== null) taken.add(whose);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      running--;
      if (whose !== null) taken.delete(whose);
      for (const next of waiting) if (isFree(next.whose)) next.call();
    };
  }

  return {
    enter(signal, whose = null) {
      if (signal.aborted) return success({ turn: Promise.reject(signal.reason) });
      if (isFree(whose)) return success({ turn: Promise.resolve(place(whose)) });
      const same = whose === null ? 0 : [...waiting].filter((other) => other.whose === whose).length;
      if (waiting.size >= longest || same >= waitingEach) return refusal('busy');
      const { promise: turn, resolve, reject } = Promise.withResolvers<() => void>();
      const one: Waiting = {
        whose,
        call() {
          waiting.delete(one);
          signal.removeEventListener('abort', gone);
          resolve(place(whose));
        },
      };
      const gone = () => {
        waiting.delete(one);
        reject(signal.reason);
      };
      waiting.add(one);
      signal.addEventListener('abort', gone, { once: true });
      return success({ turn });
    },
  };
}
