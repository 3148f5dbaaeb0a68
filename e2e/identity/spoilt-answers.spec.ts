/**
 * Answers spoilt on the way, as Chromium's network stack meets them: the user is told which, in time, and the next try
 * works. The same in every shape and for every endpoint is in electron/identity/faulty-answers.test.ts.
 */
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

const offline = 'This computer could not reach the service.';
const late = 'The service did not answer in time.';
const unreadable = 'The service gave an answer that cannot be read safely.';

const spoilt = {
  hangs: [{ kind: 'hang' }, late],
  'comes drop by drop': [{ kind: 'slow-body', bytesPerSecond: 20 }, late],
  'is reset': [{ kind: 'reset' }, offline],
  'is broken off': [{ kind: 'truncate' }, unreadable],
  'has no end': [{ kind: 'huge', megabytes: 40 }, unreadable],
  redirects: [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }, unreadable],
  'is a page of a proxy': [{ kind: 'html' }, 'answered in its place.'],
} as const;

for (const target of ['cis2.discovery', 'cis2.token', 'platform.token'] as const) {
  test(`the answer of ${target} is spoilt: the user is told how, and the next try works`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch({ environment: { timeoutSeconds: 2 } });
    const { page } = viewer;
    for (const [how, [fault, words]] of Object.entries(spoilt)) {
      await test.step(how, async () => {
        await simulator.fault(target, fault);
        if (target === 'cis2.discovery') {
          await page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
        } else {
          const window = await viewer.openSignIn();
          await window.getByRole('button', { name: simulator.userName('nurse') }).click();
        }
        await expect(page.getByRole('alert')).toContainText(words);
        await simulator.clearFaults();
      });
    }
    await viewer.signIn();
  });
}

test('a log-in page that cannot be loaded closes its window and says why', async ({ viewer, simulator }) => {
  await simulator.fault('cis2.authorize', { kind: 'reset' }, { times: 1 });
  await viewer.page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
  await expect(viewer.page.getByRole('alert')).toContainText(offline);
  await expectScreen(viewer.page, 'signIn');
  await viewer.signIn();
});
