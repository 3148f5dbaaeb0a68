/** Lets the idle time of 15 minutes pass at once, since a test cannot move the main process's clock. */
import type { ElectronApplication } from '@playwright/test';

export interface IdleTime {
  /** How many idle times have begun: one at the sign-in, and one at each user activity. */
  begun(): Promise<number>;
  /** How many of them have neither been cancelled nor passed. */
  running(): Promise<number>;
  /** Ends the one that runs, as if its time had passed. */
  pass(): Promise<void>;
}

/** To be called before the sign-in. */
export async function holdIdleTime(app: ElectronApplication): Promise<IdleTime> {
  const waits = await app.evaluateHandle(() => {
    const idleLimitMsMs = 15 * 60_000;
    const real = globalThis.setTimeout;
    const kept: { end: () => void; cleared: boolean }[] = [];
    const realClear = globalThis.clearTimeout;
    Reflect.set(globalThis, 'setTimeout', (callback: () => void, delay?: number, ...rest: unknown[]) => {
      if (delay !== idleLimitMsMs) return real(callback, delay, ...rest);
      const wait = { end: callback, cleared: false };
      kept.push(wait);
      return wait;
    });
    Reflect.set(globalThis, 'clearTimeout', (timer: unknown) => {
      const wait = kept.find((each) => each === timer);
      if (wait === undefined) realClear(timer as NodeJS.Timeout);
      else wait.cleared = true;
    });
    return kept;
  });
  return {
    begun: () => waits.evaluate((kept) => kept.length),
    running: () => waits.evaluate((kept) => kept.filter(({ cleared }) => !cleared).length),
    pass: () =>
      waits.evaluate((kept) => {
        for (const { end, cleared } of kept) if (!cleared) end();
      }),
  };
}
