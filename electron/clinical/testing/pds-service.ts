/** For tests: a PDS that answers over real HTTP, and the client that calls it. */
import { randomUUID } from 'node:crypto';
import { environmentAt, type LoopbackService, plainFetch } from '../loopback-service.ts';
import { createPdsClient, type PdsClient } from '../pds/pds-client.ts';
import { loopbackServiceForTests } from './loopback-service.ts';

export interface PdsService {
  readonly received: LoopbackService['received'];
  readonly answerWith: LoopbackService['answerWith'];
  /** A new client. Its clock stands at 14:32 on 23 November 2026, UTC. */
  createClient(): PdsClient;
}

/** Starts it before the tests of the file, forgets what it received before each, and closes it after them. */
export function pdsServiceForTests(): PdsService {
  const service = loopbackServiceForTests();
  return {
    received: service.received,
    answerWith: service.answerWith,
    createClient: () =>
      createPdsClient({
        fetch: plainFetch,
        environment: environmentAt(service.origin),
        now: () => new Date('2026-11-23T14:32:00Z'),
        newId: randomUUID,
        wait: async () => undefined,
        random: () => 0,
        userRole: () => undefined,
      }),
  };
}
