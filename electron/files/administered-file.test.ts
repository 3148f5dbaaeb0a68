/** Runs as root, because only root can create files that root owns; one test uses a real user namespace. */
import { execFile } from 'node:child_process';
import { chmod, chown, lchown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findUntrusted } from './administered-file.ts';

const run = promisify(execFile);

describe('H16: a file of the machine', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    // What cannot be tried is not known to work.
    if (process.getuid?.() !== 0)
      throw new Error('Only root can make files of root’s: run the tests as root.');
    // Not below /tmp, which everyone may write.
    folder = await mkdtemp('/var/lib/cpis-viewer-test-');
    await chmod(folder, 0o755);
    file = path.join(folder, 'site', 'policy.json');
    await mkdir(path.dirname(file), { mode: 0o755 });
    await writeFile(file, '{}', { mode: 0o644 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('of root alone can be trusted, also through a link of root’s, and where it is not there', async () => {
    await symlink(path.join('site', 'policy.json'), path.join(folder, 'link.json'));
    for (const each of [file, path.join(folder, 'link.json'), path.join(folder, 'none', 'policy.json')])
      expect(await findUntrusted(each)).toBeUndefined();
  });

  async function replaceByLink(target: string): Promise<void> {
    await rm(file);
    await symlink(target, file);
  }

  test.each<[string, string, () => Promise<unknown>]>([
    ['a file of a user', 'site/policy.json belongs to user 1000', () => chown(file, 1000, 0)],
    [
      'a file that everyone may write',
      'site/policy.json can be written by everyone',
      () => chmod(file, 0o646),
    ],
    [
      'a file that a group may write',
      'site/policy.json can be written by group 1000',
      async () => {
        await chown(file, 0, 1000);
        await chmod(file, 0o664);
      },
    ],
    ['a folder of a user', 'site belongs to user 1000', () => chown(path.dirname(file), 1000, 0)],
    ['a folder that everyone may write', 'can be written by everyone', () => chmod(folder, 0o777)],
    ['one that everyone may write, as /tmp is', 'can be written by everyone', () => chmod(folder, 0o1777)],
    [
      'a link of a user',
      'policy.json belongs to user 1000',
      async () => {
        await replaceByLink('/etc/hostname');
        await lchown(file, 1000, 0);
      },
    ],
    [
      'a link to a file of a user',
      'elsewhere.json belongs to user 1000',
      async () => {
        await writeFile(path.join(folder, 'elsewhere.json'), '{}');
        await chown(path.join(folder, 'elsewhere.json'), 1000, 0);
        await replaceByLink('../elsewhere.json');
      },
    ],
    ['a link that leads in a circle', 'leads nowhere (ELOOP)', () => replaceByLink('policy.json')],
    [
      'a file that is not there, in a folder of a user',
      'site belongs to user 1000',
      async () => {
        await rm(file);
        await chown(path.dirname(file), 1000, 0);
      },
    ],
  ])('is refused by its name: %s', async (_name, words, change) => {
    await change();
    expect(await findUntrusted(file)).toContain(words);
  });

  test('of a service’s account may be a token, but not of the user who runs the viewer', async () => {
    await chown(file, 999, 999);
    expect(await findUntrusted(file)).toContain('belongs to user 999');
    expect(await findUntrusted(file, 'another-account')).toBeUndefined();
    await chmod(file, 0o664);
    expect(await findUntrusted(file, 'another-account')).toContain('can be written by group 999');
  });

  // Any user can do this without privileges: user_namespaces(7).
  test.each([
    ['as root', ['--map-root-user']],
    ['as another user', ['--map-user=1000']],
  ])('is refused in a user namespace, %s', async (_name, mapping) => {
    const script = `
      const { findUntrusted } = await import(${JSON.stringify(path.resolve(import.meta.dirname, 'administered-file.ts'))});
      process.stdout.write(String(await findUntrusted('/etc/cpis-viewer/policy.json')));
    `;
    const { stdout } = await run('unshare', [
      '--user',
      ...mapping,
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ]);
    expect(stdout).toBe(
      'the viewer was started in a user namespace, in which any user can pass for an administrator',
    );
  });
});

test('on other systems it is not looked at', async () => {
  expect(await findUntrusted('/nowhere', 'administrator', 'darwin')).toBeUndefined();
});
