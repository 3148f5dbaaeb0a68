/**
 * Hostile script in the viewer's page tries files, every channel with every kind of argument, and forged user activity.
 * compromised-renderer.spec.ts has its attempts to send data and to ask CP-IS.
 */

import { pathToFileURL } from 'node:url';
import { requestNames } from '../../shared/contract.ts';
import type { Simulator } from '../../simulator/client.ts';
import { lineOf, withClinicLists } from '../clinic-list.ts';
import type { PageReply } from '../driver/viewer-page.ts';
import { expect, test } from '../fixtures.ts';
import { holdIdleTime } from '../idle-time.ts';
import { answerQuestions } from '../main-process.ts';
import { expectScreen } from '../screens.ts';

async function expectNoToken(simulator: Simulator, replies: unknown): Promise<void> {
  const text = JSON.stringify(replies);
  const issued = await simulator.issuedTokens();
  expect(issued.length).toBeGreaterThanOrEqual(5);
  expect(issued.filter(({ value }) => text.includes(value))).toEqual([]);
  expect(text).not.toMatch(/eyJ[\w-]{10}/);
}

test('script cannot read a file, by any way that a browser has', async ({ viewer }) => {
  const { app, page, profile } = viewer;
  const appFolder = await app.evaluate(({ app: electronApp }) => electronApp.getAppPath());
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  const files = ['/etc/passwd', `${appFolder}/package.json`, `${profile}/environment.json`];
  const urls = files.map((file) => pathToFileURL(file).href);
  // A way that works shows that the others were refused.
  const picture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg"/>')}`;
  const found = await page.evaluate(
    async ({ urls, picture }) => {
      const load = (name: string, attribute: string) => (url: string) =>
        new Promise<string>((resolve, reject) => {
          const element = document.createElement(name);
          element.addEventListener('load', () => resolve('loaded'));
          for (const event of ['loadeddata', 'error']) {
            element.addEventListener(event, () => (event === 'error' ? reject() : resolve('loaded')));
          }
          if (name === 'link') element.setAttribute('rel', 'stylesheet');
          element.setAttribute(attribute, url);
          document.body.append(element);
          // An object that the CSP refuses says nothing at all. (A frame: see name-lookups.spec.ts.)
          setTimeout(reject, 2_000);
        });
      const ways: Readonly<Record<string, (url: string) => unknown>> = {
        fetch: async (url) => (await fetch(url)).text(),
        'fetch without CORS': async (url) => (await fetch(url, { mode: 'no-cors' })).text(),
        XMLHttpRequest: (url) =>
          new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.addEventListener('load', () => resolve(request.responseText));
            request.addEventListener('error', reject);
            request.open('GET', url);
            request.send();
          }),
        EventSource: (url) =>
          new Promise((resolve, reject) => {
            const source = new EventSource(url);
            source.addEventListener('open', resolve);
            source.addEventListener('error', reject);
          }),
        import: (url) => import(url),
        worker: (url) =>
          new Promise((resolve, reject) => {
            const worker = new Worker(url);
            worker.addEventListener('message', resolve);
            worker.addEventListener('error', reject);
          }),
        image: load('img', 'src'),
        object: load('object', 'data'),
        video: load('video', 'src'),
        window: (url) => open(url) ?? Promise.reject(),
      };
      /** Last, since the viewer loads a page anew whose script or style cannot be read. */
      const lastWays = { script: load('script', 'src'), style: load('link', 'href') };
      const read: string[] = [];
      const attempt = async (way: string, go: (url: string) => unknown, url: string) => {
        try {
          const text = String(await go(url));
          read.push(`${way} ${url}: ${text}`);
        } catch {
          // Refused, as it should be.
        }
      };
      for (const url of urls) {
        await Promise.all(Object.entries(ways).map(([way, go]) => attempt(way, go, url)));
      }
      await attempt('control', load('img', 'src'), picture);
      const last = Object.entries(lastWays).flatMap(([way, go]) => urls.map((url) => attempt(way, go, url)));
      await Promise.all(last);
      return read;
    },
    { urls, picture },
  );
  expect(found).toEqual([`control ${picture}: loaded`]);
});

test('script cannot lead the viewer to a file', async ({ viewer }) => {
  const { app, page } = viewer;
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  // Asked from the main process: Playwright itself waits for a navigation that never comes.
  const after = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    for (const lead of [
      `location.assign('file:///etc/passwd')`,
      `location.href = 'view-source:file:///etc/passwd'`,
      `document.body.append(Object.assign(document.createElement('a'), { href: 'file:///etc/passwd', id: 'a' })); a.click()`,
    ]) {
      await contents.executeJavaScript(`${lead}; undefined`).catch(() => undefined);
    }
    await contents.executeJavaScript('new Promise((resolve) => setTimeout(resolve, 500))');
    return { url: contents.getURL(), windows: BrowserWindow.getAllWindows().length };
  });
  expect(after).toEqual({ url: 'app://viewer/index.html', windows: 1 });
});

test('every channel refuses every hostile argument, and no reply holds a token', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection');
  await answerQuestions(viewer.app, []);
  const { nhsNumber } = simulator.patient('child-protection');
  const results = await page.evaluate(
    async ({ names, nhsNumber }) => {
      const { request } = window.viewer;
      const deep = () => {
        let value: unknown = {};
        for (let depth = 0; depth < 500; depth += 1) value = { value };
        return value;
      };
      const hostile: Readonly<Record<string, () => unknown>> = {
        null: () => null,
        zero: () => 0,
        'not a number': () => Number.NaN,
        'a big integer': () => 10n,
        true: () => true,
        'the empty text': () => '',
        'a path': () => '/etc/passwd',
        'five million letters': () => 'x'.repeat(5_000_000),
        'an empty list': () => [],
        'a list': () => [{ nhsNumber }],
        'an empty object': () => ({}),
        'a deep object': deep,
        'a map': () => new Map([['nhsNumber', nhsNumber]]),
        'a date': () => new Date(),
        bytes: () => new Uint8Array(1_000_000),
        'an error': () => new Error('x'),
        'a function': () => () => nhsNumber,
        'a symbol': () => Symbol('x'),
        'the window': () => window,
        'lists in the place of texts': () => ({ nhsNumber: [nhsNumber], id: ['x'], roleId: ['x'] }),
        'objects in the place of texts': () => ({
          context: { toString: nhsNumber },
          careSetting: 'unscheduled',
          repeat: 'again',
        }),
        'one member too many': () => ({
          nhsNumber,
          id: 'about-cp-is',
          roleId: 'x',
          context: 'x',
          careSetting: 'unscheduled',
          repeat: 'again',
          checkId: 'x',
          text: 'x',
          bornOn: '2020-01-01',
        }),
        'another care setting': () => ({ context: 'x', careSetting: 'silent', repeat: 'again' }),
        'an endless id': () => ({ id: 'x'.repeat(101) }),
        'an address for an id': () => ({ id: 'https://example.org/' }),
        'a file for an id': () => ({ id: 'file:///etc/passwd' }),
        'an endless text': () => ({ text: 'x'.repeat(50_001) }),
        'a prototype': () =>
          JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
      };
      const replies: { name: string; argument: string; reply: unknown }[] = [];
      for (const name of names) {
        for (const [argument, make] of Object.entries(hostile)) {
          try {
            replies.push({ name, argument, reply: await request(name, make()) });
          } catch (error) {
            replies.push({ name, argument, reply: { thrown: String(error) } });
          }
        }
      }
      return replies;
    },
    { names: requestNames, nhsNumber },
  );
  const answered = results.filter(({ reply }) => {
    const { ok, thrown, fault } = reply as PageReply & { thrown?: string };
    // What cannot be copied never leaves the page: the bridge itself throws.
    if (thrown !== undefined) return !/could not be cloned|contextBridge/.test(thrown);
    return ok || !['request-refused', 'nhs-number-invalid'].includes(fault?.kind ?? '');
  });
  expect(answered).toEqual([]);
  expect(results.length).toBe(requestNames.length * 28);
  await expectNoToken(simulator, results);
  expect(await app.evaluate(() => Reflect.get({}, 'polluted') as unknown)).toBeUndefined();
  // Nothing came of it, and the patient is still there.
  const paths = (await simulator.requests()).map(({ path }) => path);
  expect(paths.filter((path) => /CareTeam|AuditEvent/.test(path))).toEqual([]);
  await expectScreen(page, 'confirm');
});

test('script gets nothing for what is another’s, and its replies hold no token', async ({
  viewer,
  simulator,
}) => {
  await viewer.signIn();
  await answerQuestions(viewer.app, ['Find']);
  const numbers = ['child-protection', 'looked-after'].map((key) => simulator.patient(key).nhsNumber);
  const replies = await viewer.page.evaluate(async ([first, second]) => {
    const { request } = window.viewer;
    const earlier = await request('patient.trace', { nhsNumber: first });
    await request('patient.trace', { nhsNumber: second });
    const asking = { careSetting: 'unscheduled', repeat: 'again' };
    return {
      earlier: await request('cpis.check', { ...asking, context: earlier.value?.patient?.context }),
      invented: await request('cpis.check', { ...asking, context: 'invented' }),
      history: await request('cpis.history', { checkId: 'invented', from: 0 }),
      launch: await request('launch.follow', { id: 'invented' }),
      role: await request('session.chooseRole', { roleId: 'invented' }),
      session: await request('session.read'),
      application: await request('application.read'),
      diagnostics: await request('diagnostics.read'),
    };
  }, numbers);
  const changed = { fault: { kind: 'patient-changed' } };
  expect(replies).toMatchObject({
    earlier: { ok: true, value: { kind: 'not-asked', ...changed } },
    invented: { ok: true, value: { kind: 'not-asked', ...changed } },
    history: { ok: true, value: { kind: 'could-not-read', ...changed } },
    launch: { ok: true, value: { kind: 'could-not-trace', fault: { kind: 'launch-refused' } } },
    role: { ok: true, value: { state: 'signed-in' } },
    session: { ok: true, value: { state: 'signed-in' } },
    application: { ok: true },
    diagnostics: { ok: true },
  });
  await expectNoToken(simulator, replies);
  expect(await simulator.notifications()).toEqual([]);
});

test('H4: script alone cannot start a clinic list: without a press, the main process asks the user itself', async ({
  launch,
  simulator,
}) => {
  const { app, page, signIn } = await launch(withClinicLists);
  await signIn();
  const questions = await answerQuestions(app, []);
  const text = ['child-protection', 'looked-after'].map((key) => lineOf(simulator.patient(key))).join('\n');
  const replies = await page.evaluate(async (lines) => {
    const { request } = window.viewer;
    // The press of the sign-in, should it be younger than five seconds, goes to a search.
    const born = { earliest: '1903-02-01', latest: '1903-02-01' };
    await request('patient.search', { familyName: 'NOBODY', givenNames: [], born, scope: 'current' });
    const start = () => request('clinicList.start', { text: lines });
    const forged: PageReply[] = [];
    document.addEventListener('click', () => void start().then((reply) => forged.push(reply)));
    const button = [...document.querySelectorAll('button')].find((each) => each.innerText === 'Clinic list');
    button?.click();
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    forged.push(await start());
    while (forged.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    return forged;
  }, text);
  expect(replies.map(({ value }) => value?.fault?.kind)).toEqual(['not-confirmed', 'not-confirmed']);
  expect(await questions()).toContain('Check the patients of the clinic list now?');
  const paths = (await simulator.requests()).map(({ path }) => path);
  expect(paths.filter((path) => /\/Patient\/|CareTeam/.test(path))).toEqual([]);
});

test('script reaches no channel that is not in the contract', async ({ viewer }) => {
  const outcomes = await viewer.page.evaluate(async () => {
    const names = [
      'fs.readFile',
      'session.userActive',
      '__proto__',
      'constructor',
      'ELECTRON_BROWSER_REQUIRE',
      '',
    ];
    const requests = await Promise.all(
      names.map((name) =>
        window.viewer.request(name, '/etc/passwd').then(
          () => 'answered',
          () => 'refused',
        ),
      ),
    );
    const events = names.map((name) => {
      try {
        window.viewer.on(name, () => undefined);
        return 'answered';
      } catch {
        return 'refused';
      }
    });
    return [...requests, ...events];
  });
  expect(outcomes).toEqual(Array(12).fill('refused'));
});

test('H14: script cannot hold off the idle lock, whatever it calls and whatever it says was pressed', async ({
  viewer,
}) => {
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  await answerQuestions(viewer.app, []);
  const before = await idleTime.begun();
  // All but those that end the session or the page themselves, or wait for a person.
  const leaving = [
    'session.lock',
    'session.signOut',
    'session.changeRole',
    'page.replaced',
    'page.startAgain',
    'page.notLoaded',
  ];
  const asking = ['window.print', 'diagnostics.saveSupportBundle', 'session.signInAgain'];
  const calls = requestNames.filter((name) => ![...leaving, ...asking].includes(name));
  await page.evaluate(async (names) => {
    const { request } = window.viewer;
    void request('session.signInAgain'); // opens the sign-in window, in which nobody signs in
    for (let round = 0; round < 3; round += 1) {
      for (const name of names) {
        await request(name);
        await request(name, { id: 'about-cp-is', nhsNumber: '9990000018' });
      }
      for (const type of ['keydown', 'pointerdown', 'mousedown', 'click', 'wheel', 'touchstart', 'input']) {
        document.body.dispatchEvent(new Event(type, { bubbles: true }));
      }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
      document.querySelector('input')?.focus();
      document.querySelector('input')?.click();
      scrollBy(0, 10);
    }
  }, calls);
  expect(await idleTime.begun()).toBe(before);
  expect(await idleTime.running()).toBe(1);
  await idleTime.pass();
  await expectScreen(page, 'locked');
});
