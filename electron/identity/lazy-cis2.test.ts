import { expect, test } from 'vitest';
import { startSimulator } from '../../simulator/client.ts';
import { createClockSkew } from '../network/clock-skew.ts';
import { createNetwork } from '../network/network.ts';
import type { SignInOutcome } from './cis2.ts';
import { createLazyCis2 } from './lazy-cis2.ts';
import { createIdentity } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';

const request = { purpose: 'sign-in', acr: 'default', signal: new AbortController().signal } as const;
const cancelled: SignInOutcome = {
  kind: 'refused',
  fault: { kind: 'sign-in-cancelled', happened: 'Loaded.', action: 'Go on.', reference: 'x' },
};

test('code that could not be loaded is a fault, and is loaded again at the next sign-in', async () => {
  const simulator = await startSimulator();
  const settings = createIdentity(simulator, createPerson()).environment.cis2;
  await simulator.stop();
  const clockSkew = createClockSkew(new Set());
  let loads = 0;
  const cis2 = createLazyCis2(
    {
      settings,
      timeoutMs: 1_000,
      network: createNetwork({ fetch, now: () => new Date(), clockSkew }),
      clockSkew,
      userAgent: createPerson().userAgent,
      confirmUser: async () => false,
      signer: undefined,
      onUnused: () => undefined,
      now: () => new Date(),
    },
    async () => {
      loads += 1;
      if (loads === 1) throw new Error('EBUSY: /somewhere/cis2.js');
      return {
        createCis2: () => ({ prepare: async () => true, signIn: async () => cancelled, end: async () => [] }),
      };
    },
  );
  const first = await cis2.signIn(request);
  expect(first).toMatchObject({
    kind: 'refused',
    fault: { kind: 'internal', happened: expect.stringContaining('could not be loaded') },
  });
  expect(JSON.stringify(first)).not.toContain('somewhere');
  expect(await cis2.signIn(request)).toBe(cancelled);
  await cis2.signIn(request);
  // The module is loaded once.
  expect(loads).toBe(2);
});
