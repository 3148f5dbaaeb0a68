/**
 * A page that has been taken over: hostile script runs in the viewer's own page, with its own bridge. It can show lies
 * and ask what the signed-in user may ask; it cannot get a token, another origin, a file, or an unasked query.
 */

import { openLoopbackListener } from '../doubles/loopback-listener.ts';
import type { PageReply } from '../driver/viewer-page.ts';
import { expect, test } from '../fixtures.ts';
import { answerQuestions, openQuestions, pressInWindow } from '../main-process.ts';

test('H4: script alone cannot ask CP-IS: without a press, the main process asks the user itself', async ({
  viewer,
  simulator,
}) => {
  await viewer.signIn();
  const questions = await answerQuestions(viewer.app, ['Find']);
  const { nhsNumber } = simulator.patient('child-protection');
  const replies = await viewer.page.evaluate(async (number) => {
    const { request } = window.viewer;
    const traced = await request('patient.trace', { nhsNumber: number });
    const context = traced.value?.patient?.context ?? '';
    const results: PageReply[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      results.push(await request('cpis.check', { context, careSetting: 'unscheduled', repeat: 'again' }));
    }
    return results;
  }, nhsNumber);
  expect(replies.map(({ value }) => value?.kind)).toEqual(['not-asked', 'not-asked', 'not-asked']);
  expect(replies.at(-1)?.value?.fault).toMatchObject({
    happened: 'CP-IS was not checked, because it was not confirmed.',
    action: 'Press "Check again", then "Check CP-IS".',
  });
  // The question of the main process names whom it is about; the viewer.page cannot write over it.
  expect((await questions()).filter((question) => question.startsWith('Check'))).toEqual(
    Array(3).fill('Check CP-IS for NHS number 999 000 0018 now?'),
  );
  expect(await simulator.notifications()).toEqual([]);
});

test('H4: script that waits for the user’s presses finds no patient with a typed key, and needs two presses a child', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await answerQuestions(viewer.app, []);
  const numbers = ['child-protection', 'looked-after', 'ended', 'several-plans'].map(
    (key) => simulator.patient(key).nhsNumber,
  );
  // The press of the sign-in, should it be younger than five seconds, goes to a search that finds no patient.
  await page.evaluate(async (children) => {
    const { request } = window.viewer;
    const nobody = {
      familyName: 'NOBODY',
      givenNames: [],
      born: { earliest: '1903-02-01', latest: '1903-02-01' },
      scope: 'current',
    };
    await request('patient.search', nobody);
    void (async () => {
      for (const nhsNumber of children) {
        let context: string | undefined;
        while (context === undefined)
          context = (await request('patient.trace', { nhsNumber })).value?.patient?.context;
        const check = { context, careSetting: 'unscheduled', repeat: 'again' };
        while ((await request('cpis.check', check)).value?.kind === 'not-asked');
      }
    })();
  }, numbers);
  const traces = async () =>
    (await simulator.requests()).filter(({ path }) => /\/Patient\/\d+$/.test(path)).length;
  const notified = async () => (await simulator.notifications()).length;
  const settled = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));

  await page.getByLabel('NHS number').focus();
  for (const key of ['9', '9', '9', 'Space', '0', '0', 'Space', '0']) await pressInWindow(app, key);
  await settled();
  expect([await traces(), await notified()]).toEqual([0, 0]);

  await page.mouse.click(5, 300);
  await expect.poll(traces).toBe(1);
  await settled();
  expect([await traces(), await notified()]).toEqual([1, 0]);

  await page.mouse.click(5, 300);
  await expect.poll(notified).toBe(1);
  await settled();
  expect([await traces(), await notified()]).toEqual([1, 1]);
});

test('H4: after six checks in unscheduled care within a minute the main process asks the user itself', async ({
  viewer,
  simulator,
}) => {
  await viewer.signIn();
  const questions = await answerQuestions(viewer.app, []);
  const six = ['child-protection', 'looked-after', 'unborn', 'several-plans', 'ended', 'restricted'];
  for (const key of six) {
    await viewer.ask(key, 'unscheduled');
    await viewer.findAnother();
  }
  expect(await questions()).toEqual([]);
  await viewer.ask('long-history', 'unscheduled');
  await expect(viewer.page.getByText('CP-IS was not checked, because it was not confirmed.')).toBeVisible();
  expect(await questions()).toHaveLength(1);
  expect(await simulator.notifications()).toHaveLength(six.length);
});

test('H14: a lock closes a question of the main process’s own that names a patient', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  const open = await openQuestions(app);
  const { nhsNumber } = simulator.patient('child-protection');
  await page.evaluate((number) => {
    const { request } = window.viewer;
    // The press of the sign-in, should it be younger than five seconds, goes to the first of the two.
    for (let trace = 0; trace < 2; trace += 1) void request('patient.trace', { nhsNumber: number });
  }, nhsNumber);
  await expect.poll(open).toEqual(['Find the patient with NHS number 999 000 0018 now?']);
  await page.evaluate(() => window.viewer.request('session.lock')).catch(() => undefined); // the page may go before it has answered
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await expect.poll(open).toEqual([]);
});

test('script cannot send anything anywhere, by any way that a browser has', async ({ viewer }) => {
  const listener = await openLoopbackListener();
  await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  await viewer.page.evaluate(async (port) => {
    const host = `127.0.0.1:${port}`;
    const attempt = async (send: () => unknown) => {
      try {
        await send();
      } catch {
        // Refused, as it should be. The listener counts what got through nevertheless.
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
  }, listener.port);
  // A connection of our own comes after all that were under way, and shows that the listener counts.
  expect(listener.heard()).toBe(0);
  await fetch(`http://127.0.0.1:${listener.port}/`).catch(() => undefined);
  expect(listener.heard()).toBe(1);
  listener.close();
});
