/** For tests: a PDS that answers over real HTTP, and the client that calls it. */
import { randomUUID } from 'node:crypto';
import { createPdsClient } from '../pds/pds-client.ts';
import { environmentAt, loopbackServiceForTests, plainFetch } from './loopback-service.ts';

/** Serves the tests of a file. Each client is new; its clock stands at 14:32 on 23 November 2026, UTC. */
export function pdsServiceForTests() {
  const service = loopbackServiceForTests();
  return {
    received: service.received,
    answerWith: service.answerWith,
    createClient: (doubtedNow?: Date) =>
      createPdsClient({
        fetch: plainFetch,
        environment: environmentAt(service.origin),
        now: () => new Date('2026-11-23T14:32:00Z'),
        doubtedNow: () => doubtedNow,
        newId: randomUUID,
        wait: async () => undefined,
        random: () => 0,
        userRole: () => undefined,
      }),
  };
}
