/**
 * Prepares the next sign-in once the window has painted, and again before what was fetched ages (`identity/openid-provider.ts`:
 * an hour). The pauses are random, so that the workstations of a site do not ask at the same time, and a service that does not
 * answer is asked less often, not more.
 */

export interface KeepReadyDependencies {
  /** Whether the next sign-in is prepared. Never rejects. */
  readonly prepare: () => Promise<boolean>;
  readonly random: () => number;
  /** Calls `run` after so many milliseconds. Returns the function that cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

type Range = readonly [leastMs: number, mostMs: number];

const minuteMs = 60_000;
const atStart: Range = [0, 2_000];
const beforeItAges: Range = [40 * minuteMs, 55 * minuteMs];
const afterFailure: Range = [10 * minuteMs, 20 * minuteMs];

/** Returns the function that stops it. */
export function keepReady({ prepare, random, after }: KeepReadyDependencies): () => void {
  let cancel = (): void => undefined;
  let stopped = false;

  function prepareAfter([leastMs, mostMs]: Range): void {
    cancel = after(leastMs + random() * (mostMs - leastMs), () => {
      void prepare().then((isReady) => {
        if (!stopped) prepareAfter(isReady ? beforeItAges : afterFailure);
      });
    });
  }

  prepareAfter(atStart);
  return () => {
    stopped = true;
    cancel();
  };
}
