/** For tests: one loopback service for the tests of a file. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type LoopbackService, startLoopbackService } from '../loopback-service.ts';

/** Starts it before the tests of the file, forgets what it received before each, and closes it after them. */
export function loopbackServiceForTests(): Omit<LoopbackService, 'close'> {
  let service: LoopbackService;
  const received: LoopbackService['received'] = [];
  beforeAll(async () => {
    service = await startLoopbackService(received);
  });
  afterAll(() => service.close());
  beforeEach(() => {
    received.length = 0;
  });
  return {
    get origin() {
      return service.origin;
    },
    received,
    answerWith: (answer) => service.answerWith(answer),
  };
}
