/**
 * The released package itself, every fuse as a clinician gets it. No inspector can look into it, so it is judged by what
 * others see: its picture on the screen, its exit code, what it leaves on the disk.
 */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quitRequestFile } from '../../shared/installation.ts';
import { copyOfPackage, expect, test } from './release.ts';

/** Long enough for a first start on a busy machine. */
const patience = { timeout: 30_000 };

test('starts, and shows the Sign in screen as the inspected test variant does', async ({
  release,
  launch,
}) => {
  const { page } = await launch({ env: { DISPLAY: release.screen.display } });
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  await expect(page.getByText('SIMULATOR')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeFocused();
  const signIn = await release.screen.pictureAtRest();
  await page.close();
  await expect.poll(async () => signIn.equals(await release.screen.picture())).toBe(false);

  const { log } = release.start();
  await expect.poll(log, patience).toContain('"event":"started"');
  await expect.poll(async () => signIn.equals(await release.screen.picture()), patience).toBe(true);
});

for (const refused of [
  '--inspect',
  '--inspect-brk=0',
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--proxy-server=127.0.0.1:9',
  '--ignore-certificate-errors',
  '--js-flags=--expose-gc',
  '--user-data-dir=elsewhere',
  '--environment=elsewhere.json',
  '--update-key=elsewhere',
]) {
  test(`does not start with ${refused}, and says so`, async ({ release }) => {
    const { ended, log } = release.start({ args: [refused] });
    const { code, errors } = await ended;
    expect(code).toBe(2);
    expect(errors).toContain(`CP-IS Viewer does not start with: ${refused.split('=')[0]}`);
    expect(errors).not.toMatch(/listening on/i);
    expect(await log()).toBe('');
  });
}

test('ends when the file of an installer is written beside its executable, and not by one from before', async ({
  release,
}) => {
  const folder = await copyOfPackage(release.folder);
  await writeFile(path.join(folder, quitRequestFile), '');
  const { ended, log } = release.start({ folder });
  // The first page has loaded.
  await expect.poll(log, patience).toContain('"event":"signing-key"');
  await writeFile(path.join(folder, quitRequestFile), 'again');
  expect((await ended).code).toBe(0);
});

test('is no Node for a script: ELECTRON_RUN_AS_NODE changes nothing', async ({ release }) => {
  const { script, hasRun } = await makeScript(release.folder);
  const { log } = release.start({ args: [script], env: { ELECTRON_RUN_AS_NODE: '1' } });
  await expect.poll(log, patience).toContain('"event":"started"');
  expect(await hasRun()).toBe(false);
});

// Electron itself lets a package take few of them; that the fuse is off as well is read by verify:package.
test('loads no file that NODE_OPTIONS names', async ({ release }) => {
  const { script, hasRun } = await makeScript(release.folder);
  const { log } = release.start({ env: { NODE_OPTIONS: `--require=${script}` } });
  await expect.poll(log, patience).toContain('"event":"started"');
  expect(await hasRun()).toBe(false);
});

// CVE-2023-44402: a folder with the archive's own name once passed for it.
for (const name of ['app', 'app.asar']) {
  test(`does not run a folder "${name}" put in the place of app.asar`, async ({ release }) => {
    const { script, hasRun } = await makeScript(release.folder);
    const folder = await copyOfPackage(release.folder);
    const app = path.join(folder, 'resources', name);
    await rm(path.join(folder, 'resources', 'app.asar'));
    await mkdir(app);
    await cp(script, path.join(app, 'main.js'));
    await writeFile(path.join(app, 'package.json'), '{"name":"cpis-viewer","main":"main.js"}');
    const { ended } = release.start({ folder });
    const { code } = await ended;
    expect(code).not.toBe(0);
    expect(await hasRun()).toBe(false);
  });
}

/** A script that writes a file when it is run. */
async function makeScript(folder: string) {
  const trace = path.join(folder, 'trace');
  const script = path.join(folder, 'script.js');
  await writeFile(
    script,
    `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'run'); process.exit(0);`,
  );
  return {
    script,
    hasRun: () =>
      readFile(trace).then(
        () => true,
        () => false,
      ),
  };
}
