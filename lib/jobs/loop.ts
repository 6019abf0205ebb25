export interface Loop {
  /** Something may be due: look now. */
  wake(): void;
  /** Starts nothing more and resolves once what is under way has ended. */
  stop(): Promise<void>;
}

export interface LoopWork {
  /**
   * Does one piece, or some; false when nothing more is due.
   * @param more to be called as soon as it finds more than it takes: then another lane starts beside it
   */
  step(more: () => void): Promise<boolean>;
  /** A cheap look whether anything is due, for the regular wake. */
  isDue(): Promise<boolean>;
  /** Steps at the same time, at most; one where nobody calls for more. */
  readonly lanes: number;
  readonly everyMs: number;
  /** From one look to the next at least, however often it is woken: what comes meanwhile is done together. */
  readonly restMs?: number;
  onFailure(error: unknown): void;
}

/** Does pieces of work whenever some are due, until stopped. Its timer keeps no process alive. */
export function startLoop({ step, isDue, lanes, everyMs, restMs = 0, onFailure }: LoopWork): Loop {
  let stopped = false;
  /** Lanes that found nothing have ended; each wake starts them again. */
  const running = new Set<Promise<void>>();
  let again = false;
  let looked = Number.NEGATIVE_INFINITY;
  let resting: NodeJS.Timeout | undefined;

  async function lane(): Promise<void> {
    try {
      while (!stopped && (await step(startLane)));
    } catch (error) {
      // No immediate second try: with the database gone this would spin.
      onFailure(error);
    }
  }

  function startLane(): void {
    if (stopped || running.size >= lanes) return;
    // Not begun before it is counted: its first step may call for more.
    const run: Promise<void> = Promise.resolve()
      .then(lane)
      .finally(() => {
        running.delete(run);
        if (!again) return;
        again = false;
        look();
      });
    running.add(run);
  }

  function start(): void {
    // It may be late, and whoever is woken meanwhile the first to find that the rest is over.
    clearTimeout(resting);
    resting = undefined;
    looked = performance.now();
    startLane();
  }

  function look(): void {
    const rest = looked + restMs - performance.now();
    if (rest <= 0) start();
    else resting ??= setTimeout(start, rest).unref();
  }

  function wake(): void {
    // A lane may have looked just before the row was committed: whichever ends first looks once more.
    again = running.size > 0;
    look();
  }

  const timer = setInterval(() => {
    isDue().then((due) => {
      if (due) wake();
    }, onFailure);
  }, everyMs);
  timer.unref();

  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(resting);
      await Promise.all(running);
    },
  };
}
