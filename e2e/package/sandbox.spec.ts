/**
 * Chromium's sandbox on a computer that gives no user a user namespace: the released viewer has one all the same, made by its
 * set-user-ID helper, or does not start, and says so. With user namespaces every other test starts it.
 */
import { chmod, chown, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { copyOfPackage, expect, test } from './release.ts';

/** Long enough for a first start on a busy machine. */
const patience = { timeout: 30_000 };

/** As the deb, the rpm and docs/deployment.md set the helper up. */
async function packageWithHelper(folder: string): Promise<string> {
  const copy = await copyOfPackage(folder);
  const helper = path.join(copy, 'chrome-sandbox');
  await chown(helper, 0, 0);
  await chmod(helper, 0o4755);
  return copy;
}

test('starts without user namespaces, every page in the sandbox that the helper makes', async ({
  release,
}) => {
  const folder = await packageWithHelper(release.folder);
  const { pid, log } = release.start({ folder, withoutUserNamespaces: true });
  await expect.poll(log, patience).toContain('"event":"started"');
  const commands = await commandsOf(pid);
  expect(commands).toContainEqual([path.join(folder, 'chrome-sandbox'), expect.anything(), '--type=zygote']);
  expect(commands.flat()).not.toContain('--no-sandbox');
});

/** The command lines of a process and of all below it. Source: proc(5). */
async function commandsOf(pid: number | undefined): Promise<readonly (readonly string[])[]> {
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').filter((word) => word !== '');
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim();
  const below = children === '' ? [] : children.split(' ').map((child) => commandsOf(Number(child)));
  return [words, ...(await Promise.all(below)).flat()];
}

test('with neither user namespaces nor the helper it ends, and says which file must have which owner and mode', async ({
  release,
}) => {
  const folder = await copyOfPackage(release.folder);
  const { ended, log } = release.start({ folder, withoutUserNamespaces: true });
  const { code, errors } = await ended;
  expect(code).not.toBe(0);
  expect(errors).toContain(`${folder}/chrome-sandbox is owned by root and has mode 4755`);
  expect(await log()).toBe('');
});

// What the folder of the deb and rpm was called once: this is why it is no longer.
test('the helper fails in a folder with a blank in its name', async ({ release }) => {
  const folder = path.join(release.folder, 'CP-IS Viewer');
  await rename(await packageWithHelper(release.folder), folder);
  const { ended } = release.start({ folder, withoutUserNamespaces: true });
  expect((await ended).code).not.toBe(0);
});
