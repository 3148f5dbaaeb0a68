/** For tests: one simulator for the tests of a file. */
import { afterAll, beforeEach, onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../../simulator/client.ts';
import { createIdentity, type Identity, type IdentityOptions } from './identity.ts';
import { createPerson } from './person.ts';

export interface TestSimulator extends Simulator {
  /** The number of requests with this text in their line: `POST /oauth2/token`. */
  countOf(text: string): Promise<number>;
  /** In a test: an identity against it, with Nora at the sign-in page where no other is; signed out after the test. */
  identity(options?: Partial<IdentityOptions>): Identity;
}

/** Starts it, resets it before each test of the file, and stops it after them. */
export async function simulatorForTests(...args: readonly string[]): Promise<TestSimulator> {
  const simulator = await startSimulator({ args });
  beforeEach(() => simulator.reset());
  afterAll(() => simulator.stop());
  return {
    ...simulator,
    countOf: async (text) => (await simulator.requestLines()).filter((line) => line.includes(text)).length,
    identity: (options = {}) => {
      const identity = createIdentity(simulator, { ...createPerson('Nora Synthetic'), ...options });
      onTestFinished(() => void identity.session.signOut());
      return identity;
    },
  };
}
