/** For tests: one simulator for the tests of a file. */
import { afterAll, beforeEach } from 'vitest';
import { type Simulator, startSimulator } from '../../../simulator/client.ts';

/** Starts it, resets it before each test of the file, and stops it after them. */
export async function simulatorForTests(...args: readonly string[]): Promise<Simulator> {
  const simulator = await startSimulator({ args });
  beforeEach(() => simulator.reset());
  afterAll(() => simulator.stop());
  return simulator;
}
