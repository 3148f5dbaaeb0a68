/**
 * A page that has been taken over: hostile script runs in the viewer's own page, with its own bridge. It can show lies
 * and ask what the signed-in user may ask; it cannot get a token, another origin, a file, or an unasked query.
 */
import { expect, test } from '../fixtures.ts';
import { openLoopbackEars } from './loopback-ears.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: {
    readonly kind?: string;
    readonly patient?: { readonly context: string };
    readonly fault?: unknown;
  };
}

test('H4: script alone cannot ask CP-IS: without a press, the main process asks the user itself', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  const questions = await app.evaluateHandle(({ dialog }) => {
    const asked: string[] = [];
    // The person's answer to the main process's own question: no.
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push(JSON.stringify(args.at(-1)));
      return { response: 1, checkboxChecked: false };
    };
    return asked;
  });
  const { nhsNumber } = simulator.patient('child-protection');
  // The press of the sign-in has been used up or is stale only after five seconds: script uses it first, then again.
  const replies = await page.evaluate(async (number) => {
    const viewerBridge = Reflect.get(window, 'viewer') as {
      request(name: string, request: unknown): Promise<Reply>;
    };
    const traced = await viewerBridge.request('patient.trace', { nhsNumber: number });
    const context = traced.value?.patient?.context ?? '';
    const results: Reply[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      results.push(
        await viewerBridge.request('cpis.check', { context, careSetting: 'unscheduled', repeat: 'again' }),
      );
    }
    return results;
  }, nhsNumber);
  expect(replies.map(({ value }) => value?.kind)).toEqual(['not-asked', 'not-asked', 'not-asked']);
  expect(replies.at(-1)?.value?.fault).toMatchObject({
    happened: 'CP-IS was not asked, because the question was not confirmed.',
    action: 'Press "Try again", then "Ask CP-IS".',
  });
  expect(await questions.evaluate((asked) => asked.length)).toBe(3);
  expect(await simulator.notifications()).toEqual([]);
});

test('script cannot send anything anywhere, by whatever road a browser has', async ({ viewer }) => {
  const ears = await openLoopbackEars();
  const { page } = viewer;
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  await page.evaluate(async (port) => {
    const host = `127.0.0.1:${port}`;
    const attempt = async (road: () => unknown) => {
      try {
        await road();
      } catch {
        // Refused, as it should be; the ears say whether anything got through all the same.
      }
    };
    await attempt(() => fetch(`http://${host}/`, { mode: 'no-cors' }));
    await attempt(() => navigator.sendBeacon(`http://${host}/`, 'x'));
    await attempt(() => new WebSocket(`ws://${host}/`));
    await attempt(() => new EventSource(`http://${host}/`));
    await attempt(() => new WebTransport(`https://${host}/`));
    await attempt(() => {
      const image = new Image();
      image.src = `http://${host}/`;
    });
    await attempt(() => {
      const request = new XMLHttpRequest();
      request.open('GET', `http://${host}/`);
      request.send();
    });
    await attempt(() => navigator.serviceWorker.register('app://viewer/index.html'));
    for (const rel of ['preconnect', 'prefetch', 'preload', 'stylesheet', 'dns-prefetch']) {
      await attempt(() => {
        const link = document.createElement('link');
        link.rel = rel;
        link.href = `http://${host}/`;
        document.head.append(link);
      });
    }
  }, ears.port);
  // A connection of our own comes after everything that was under way, and shows that the ears hear.
  expect(ears.heard()).toBe(0);
  await fetch(`http://127.0.0.1:${ears.port}/`).catch(() => undefined);
  expect(ears.heard()).toBe(1);
  ears.close();
});
