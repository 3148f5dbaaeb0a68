/** Runs a task's work; a failure ends it with its message. */
import { reasonOf } from './say.ts';

export async function runTask(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(`\n${reasonOf(error)}`);
    process.exitCode = 1;
  }
}
