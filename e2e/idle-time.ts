/** Lets the idle time of 15 minutes pass at once, since a test cannot move the main process's clock. */
import type { ElectronApplication } from '@playwright/test';

export interface IdleTime {
  /** How many idle times have begun: one at the sign-in, and one at each user activity. */
  begun(): Promise<number>;
  /** How many of them have neither been cancelled nor passed. */
  running(): Promise<number>;
  /** Lets the first 13 minutes of the one that runs pass: the viewer says that it locks soon. */
  passUntilNotice(): Promise<void>;
  /** Ends the one that runs, as if its time had passed. */
  pass(): Promise<void>;
}

/** To be called before the sign-in. */
export async function holdIdleTime(app: ElectronApplication): Promise<IdleTime> {
  const waits = await app.evaluateHandle(() => {
    const real = globalThis.setTimeout;
    const realClear = globalThis.clearTimeout;
    const held = { notice: 13 * 60_000, lock: 15 * 60_000 };
    const kept: { of: 'notice' | 'lock'; end: () => void; over: boolean }[] = [];
    Reflect.set(globalThis, 'setTimeout', (callback: () => void, delay = 0, ...rest: unknown[]) => {
      // The time that is left is a moment shorter where a hidden screen is shown again.
      const of = (['notice', 'lock'] as const).find((each) => Math.abs(held[each] - delay) < 10_000);
      if (of === undefined) return real(callback, delay, ...rest);
      const wait = { of, end: callback, over: false };
      kept.push(wait);
      return wait;
    });
    Reflect.set(globalThis, 'clearTimeout', (timer: unknown) => {
      const wait = kept.find((each) => each === timer);
      if (wait === undefined) realClear(timer as NodeJS.Timeout);
      else wait.over = true;
    });
    return kept;
  });
  const pass = (of: 'notice' | 'lock') =>
    waits.evaluate((kept, passed) => {
      for (const wait of kept.filter((each) => each.of === passed && !each.over)) {
        wait.over = true;
        wait.end();
      }
    }, of);
  return {
    begun: () => waits.evaluate((kept) => kept.filter(({ of }) => of === 'lock').length),
    running: () => waits.evaluate((kept) => kept.filter(({ of, over }) => of === 'lock' && !over).length),
    passUntilNotice: () => pass('notice'),
    pass: () => pass('lock'),
  };
}
