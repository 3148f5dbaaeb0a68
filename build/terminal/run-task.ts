import { constants } from 'node:os';
import { reasonOf } from './log.ts';

export interface Task {
  /** Registers a function that closes something at the end. */
  onEnd(close: () => Promise<void> | void): void;
}

/**
 * Runs a task's work. What the work opened is closed in reverse order when it is done, when it fails, and on Ctrl-C.
 */
export async function runTask(work: (task: Task) => Promise<void>): Promise<void> {
  const closers: (() => Promise<void> | void)[] = [];
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= closeAll(closers);
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end().finally(() => process.exit(128 + constants.signals[signal])));
  }
  try {
    await work({ onEnd: (close) => closers.push(close) });
  } catch (error) {
    console.error(`\n${reasonOf(error)}`);
    process.exitCode = 1;
  } finally {
    await end();
  }
}

async function closeAll(closers: (() => Promise<void> | void)[]): Promise<void> {
  for (const close of closers.reverse()) {
    try {
      await close();
    } catch (error) {
      console.error(reasonOf(error));
    }
  }
}
