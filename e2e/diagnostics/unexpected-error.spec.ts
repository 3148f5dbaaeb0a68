/**
 * An error that nothing catches in the main process. Electron would show it in a message box, and neither lock nor timer would
 * work until that is closed. Here it is thrown for real; the viewer that starts in its place is found among the system's
 * processes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { siteKey } from '../audit/trail.ts';
import { expect, makeProfile, startLoaded, userDataFolder, type Viewer, viewerCommand } from '../fixtures.ts';
import { closeMessageBox } from '../message-box.ts';
import { test } from '../own-display.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

/** The main processes of the viewers that run on this profile: their ids and command lines. */
async function viewersOn(
  profile: string,
): Promise<readonly { readonly id: number; readonly words: string }[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const processes = await Promise.all(
    ids.map(async (id) => ({
      id,
      words: (await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
    })),
  );
  return processes.filter(
    ({ words }) =>
      words.includes(`--user-data-dir=${userDataFolder(profile)}`) &&
      !words.includes('--type=') &&
      !words.startsWith('/bin/sh'),
  );
}

function throwInMainProcess({ app }: Viewer, message: string): Promise<void> {
  return app.evaluate((_electron, words) => {
    setTimeout(() => {
      throw new TypeError(words);
    }, 0);
  }, message);
}

/** Throws, and ends the viewer that starts in this one's place, which Playwright cannot drive. Returns its command line. */
async function throwAndEndNext(viewer: Viewer, message: string): Promise<string> {
  const { app, profile } = viewer;
  const first = app.process().pid;
  const ended = app.waitForEvent('close');
  await throwInMainProcess(viewer, message);
  // Before it ends, its copy that becomes the shell which starts the next one has the same command line.
  const others = async () => {
    const running = await viewersOn(profile);
    return running.some(({ id }) => id === first) ? [] : running;
  };
  await expect.poll(others).toHaveLength(1);
  const [next] = await others();
  if (next === undefined) throw new Error('no viewer started again');
  process.kill(next.id, 'SIGKILL');
  await ended;
  return next.words;
}

test('H10, H14: an error that nothing caught ends the viewer with the patient, and another starts that says so', async ({
  launch,
  simulator,
}) => {
  const { family, nhsNumber } = simulator.patient('looked-after');
  const viewer = await launch({ args: [`cpis-viewer://open?patient=${nhsNumber}`] });
  await viewer.signIn();
  const words = await throwAndEndNext(viewer, `No record of ${family}, ${nhsNumber}`);
  expect(words).not.toContain(nhsNumber);

  const log = await readLog(viewer);
  const fault = /"event":"fault","kind":"internal","reference":"([^"]+)","detail":"TypeError at [^"]+"/.exec(
    log,
  );
  expect(log).not.toContain(family);
  const again = await launch({ profile: viewer.profile });
  await expectScreen(again.page, 'signIn');
  await expect(again.page.getByRole('region', { name: 'Notices' })).toContainText(
    `had to start again because of an internal error`,
  );
  await expect(again.page.getByRole('region', { name: 'Notices' })).toContainText(String(fault?.[1]));
  await again.signIn();
});

test('H4: the same user is asked before a check that notifies is sent again after such an end', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'found');
  expect(await simulator.notifications()).toHaveLength(1);
  await throwAndEndNext(viewer, 'after the check');
  const again = await launch({ profile: viewer.profile, environment: siteKey });
  await again.signIn();
  await again.ask('child-protection', 'unscheduled');
  await expect(checkAgainDialogue(again.page)).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H21: a viewer that ends so three times in a row does not start again by itself, and says so', async ({
  ownDisplay: display,
  launch,
}) => {
  const profile = await makeProfile();
  for (let time = 0; time < 3; time += 1) {
    const viewer = await launch({ profile, env: display.env });
    await expectScreen(viewer.page, 'signIn');
    await throwAndEndNext(viewer, 'once more');
  }
  const [command, ...app] = viewerCommand();
  const fourth = spawn(command, [...app, `--user-data-dir=${userDataFolder(profile)}`], {
    env: { ...process.env, ...display.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = Promise.all([text(fourth.stderr), once(fourth, 'close')]);
  const [errors, ending] = await closeMessageBox(closed, display.env);
  expect(ending).toEqual([3, null]);
  expect(errors).toContain('An internal error has ended this application several times in a row.');
  // The user may try again.
  const fifth = await launch({ profile, env: display.env });
  await fifth.signIn();
});

test('H21: a command that an unexpected error ends says so, and ends with a code', async () => {
  const profile = await makeProfile();
  const [command, app] = viewerCommand();
  const broken = path.join(profile, 'broken');
  await mkdir(broken);
  await writeFile(path.join(broken, 'package.json'), '{ "main": "main.cjs" }');
  await writeFile(
    path.join(broken, 'main.cjs'),
    `require('electron').app.whenReady = () => Promise.reject(new TypeError('broken by a test'));
     require(${JSON.stringify(path.join(String(app), 'main.js'))});`,
  );
  const started = spawn(command, [broken, 'keys', 'list', `--user-data-dir=${userDataFolder(profile)}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(started, 'close');
  try {
    // Read as far as the error, and not to the end: a command that goes on after it would be waited for in vain.
    let errors = '';
    for await (const chunk of started.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      errors += chunk;
      if (errors.includes('TypeError at')) break;
    }
    expect(errors).toContain(
      'An internal error has ended this command. Tell your IT service desk. (TypeError at',
    );
    expect(errors).not.toContain('broken by a test');
    expect(await closed).toEqual([1, null]);
  } finally {
    started.kill('SIGKILL');
  }
});

test('H21: the reference of an error that ends a start is in the log, and in what the next start says', async () => {
  const profile = await makeProfile();
  await writeFile(path.join(profile, 'environment.json'), '{}');
  const started = await startLoaded(profile, path.join(import.meta.dirname, 'error-in-start.cjs'));
  expect(await once(started, 'close')).toEqual([0, null]);
  const mark: unknown = JSON.parse(
    await readFile(path.join(userDataFolder(profile), 'running.json'), 'utf8'),
  );
  const log = await readLog({ profile });
  const [, reference] = /"kind":"internal","reference":"([^"]+)"/.exec(log) ?? [];
  expect(mark).toMatchObject({ stop: { reference } });
});
