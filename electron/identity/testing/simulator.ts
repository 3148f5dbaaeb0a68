/** For tests: one simulator for the tests of a file. */
import { afterAll, beforeEach } from 'vitest';
import { type Simulator, startSimulator } from '../../../simulator/client.ts';

export interface TestSimulator extends Simulator {
  /** The number of requests with this text in their line: `POST /oauth2/token`. */
  countOf(text: string): Promise<number>;
}

/** Starts it, resets it before each test of the file, and stops it after them. */
export async function simulatorForTests(...args: readonly string[]): Promise<TestSimulator> {
  const simulator = await startSimulator({ args });
  beforeEach(() => simulator.reset());
  afterAll(() => simulator.stop());
  return {
    ...simulator,
    countOf: async (text) => (await simulator.requestLines()).filter((line) => line.includes(text)).length,
  };
}
