/**
 * Answers malformed on the way, as Chromium's network stack meets them: the user is told which, in time, and the next try
 * works. The same in every shape and for every endpoint is in electron/identity/malformed-responses.test.ts.
 */
import type { Simulator } from '../../simulator/client.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { readLog } from '../viewer-log.ts';

const offline = 'This computer could not reach the service.';
const late = 'The service did not answer in time.';
const unreadable = 'The service gave an answer that cannot be read safely.';

const malformed = {
  hangs: [{ kind: 'hang' }, late],
  'comes drop by drop': [{ kind: 'slow-body', bytesPerSecond: 20 }, late],
  'is reset': [{ kind: 'reset' }, offline],
  'is broken off': [{ kind: 'truncate' }, unreadable],
  'has no end': [{ kind: 'huge', megabytes: 40 }, unreadable],
  redirects: [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }, unreadable],
  'is a page of a proxy': [{ kind: 'html' }, 'answered in its place.'],
} as const;

/** Nothing that was handed out is in the log, nor the beginning of it, nor anything else that looks like a token. */
async function expectNoSecret(viewer: Viewer, simulator: Simulator): Promise<void> {
  await expect.poll(() => readLog(viewer)).toContain('"state":"signed-in"');
  const log = await readLog(viewer);
  const issued = await simulator.issuedTokens();
  expect(new Set(issued.map(({ kind }) => kind))).toContain('platform-access-token');
  expect(issued.filter(({ value }) => log.includes(value.slice(0, 16)))).toEqual([]);
  expect(log).not.toMatch(/eyJ[\w-]{10}/);
}

for (const target of ['cis2.discovery', 'cis2.token', 'platform.token'] as const) {
  test(`the answer of ${target} is malformed: the user is told how, the log has the reference and no secret, the next try works`, async ({
    launch,
    simulator,
  }) => {
    // From the start: discovery is fetched ahead of the press.
    await simulator.fault(target, malformed.hangs[0]);
    const viewer = await launch({ environment: { timeoutSeconds: 2 } });
    const { page } = viewer;
    let former = 'no reference';
    for (const [how, [fault, words]] of Object.entries(malformed)) {
      await test.step(how, async () => {
        await simulator.fault(target, fault);
        if (target === 'cis2.discovery') {
          await page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
        } else {
          await viewer.logIn('nurse');
        }
        // Two in a row can have the same words.
        const alert = page.getByRole('alert').filter({ hasNotText: former });
        await expect(alert).toContainText(words);
        const [, reference = ''] = /Support reference (\S+)/.exec(await alert.innerText()) ?? [];
        expect(reference).toMatch(/^[0-9a-f]{8}$/);
        former = reference;
        await expect.poll(() => readLog(viewer)).toContain(`"reference":"${reference}`);
        await simulator.clearFaults();
      });
    }
    await viewer.signIn();
    await expectNoSecret(viewer, simulator);
  });
}
