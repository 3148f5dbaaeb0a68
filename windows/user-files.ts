/** The files of a user: folder, log, settings, last good policy, signing keys. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type LogRecord, openLog } from '../electron/diagnostics/log.ts';
import { createKeyStore } from '../electron/identity/signers/stored/key-store.ts';
import { keepUserDataInHome } from '../electron/main/user-data-folder.ts';
import { createLastGoodPolicy } from '../electron/settings/policy/last-good-policy.ts';
import { openUserSettings } from '../electron/settings/user-settings.ts';
import { temporaryFolder } from './support/folder.ts';
import { plainStorage } from './support/plain-storage.ts';
import { holdFile } from './support/programs.ts';

const now = () => new Date();

describe("Folder of a user's data", () => {
  test('is in the part of the profile that does not roam, whatever LOCALAPPDATA says', () => {
    process.env['LOCALAPPDATA'] = 'D:\\elsewhere';
    const set: string[] = [];
    keepUserDataInHome(
      {
        commandLine: { hasSwitch: () => false },
        getPath: () => homedir(),
        setPath: (_name, folder) => void set.push(folder),
        getName: () => 'CP-IS Viewer',
      },
      process.platform,
    );
    assert.deepEqual(set, [`${homedir()}\\AppData\\Local\\CP-IS Viewer`]);
    mkdirSync(set[0] ?? '', { recursive: true });
    assert.ok(existsSync(set[0] ?? ''));
  });
});

describe('Log', () => {
  const parent = temporaryFolder('log');
  const record: LogRecord = { event: 'update', state: 'current', version: '1.0.0' };

  /** A log file so long that the next line begins a new one. */
  function fullLog(name: string) {
    const folder = path.join(parent, name);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'viewer.log'), `${'x'.repeat(600 * 1024)}\n`);
    return { folder, file: path.join(folder, 'viewer.log'), log: openLog(folder, 'events', now) };
  }

  test('goes on in a new file where it is full', async () => {
    const { folder, log, file } = fullLog('full');
    log.write(record);
    await log.settled();
    assert.deepEqual(readdirSync(folder).toSorted(), ['viewer.log', 'viewer.old.log']);
    assert.match(readFileSync(file, 'utf8'), /^\{"at":[^\n]*"update"[^\n]*\}\n$/);
  });

  test('W4: full and open in an editor, it goes on in the same file', async () => {
    const { folder, log, file } = fullLog('editor');
    // As Notepad and most viewers of logs: others may read and write it, and not rename it.
    const held = await holdFile(file, 'write');
    log.write(record);
    log.write(record);
    await log.settled();
    assert.equal(log.failure(), undefined);
    assert.equal(readFileSync(file, 'utf8').match(/"update"/g)?.length, 2);
    await held.release();
    log.write(record);
    await log.settled();
    assert.deepEqual(readdirSync(folder).toSorted(), ['viewer.log', 'viewer.old.log']);
  });

  test('held by a program that lets nobody write, it says so and stops nobody', async () => {
    const { log, file } = fullLog('held');
    const held = await holdFile(file, 'none');
    log.write(record);
    await log.settled();
    assert.equal(log.failure(), 'EBUSY');
    await held.release();
    log.write(record);
    await log.settled();
    assert.equal(log.failure(), undefined);
  });
});

describe('Last good policy', () => {
  const folder = temporaryFolder('last good');
  const lastGood = createLastGoodPolicy(folder);

  test('is kept and replaced', async () => {
    assert.equal(await lastGood.read(), undefined);
    await lastGood.keep({ printing: false });
    await lastGood.keep({ idleLockMinutes: 5, environmentFile: 'C:\\Caf\u00e9\\e.json' });
    assert.deepEqual(await lastGood.read(), { idleLockMinutes: 5, environmentFile: 'C:\\Caf\u00e9\\e.json' });
  });

  test('stays as it was where another program holds it', async () => {
    const held = await holdFile(path.join(folder, 'last-good-policy.json'), 'read');
    await lastGood.keep({});
    assert.deepEqual(await lastGood.read(), { idleLockMinutes: 5, environmentFile: 'C:\\Caf\u00e9\\e.json' });
    await held.release();
    await lastGood.keep({});
    assert.deepEqual(await lastGood.read(), {});
  });
});

describe('Settings of a user', () => {
  const folder = temporaryFolder('settings');
  const file = path.join(folder, 'settings.json');

  test('are kept', async () => {
    assert.equal(await openUserSettings(folder, now).setZoomFactor(1.5), 'kept');
    assert.equal(openUserSettings(folder, now).zoomFactor(), 1.5);
  });

  test('that another program holds are left alone, and it is said', async () => {
    const held = await holdFile(file, 'none');
    const settings = openUserSettings(folder, now);
    assert.match(settings.notice ?? '', /is in use by another program \(EBUSY\)/);
    assert.equal(await settings.setZoomFactor(2), 'not-kept');
    await held.release();
    assert.equal(openUserSettings(folder, now).zoomFactor(), 1.5);
  });

  test('that are damaged are set aside under a name that Windows allows', async () => {
    writeFileSync(file, '{');
    const settings = openUserSettings(folder, now);
    assert.match(settings.notice ?? '', /is kept as settings-kept-/);
    assert.equal(readdirSync(folder).filter((name) => name.startsWith('settings-kept-')).length, 1);
    assert.equal(await settings.setZoomFactor(1.2), 'kept');
  });
});

describe('Store of signing keys', () => {
  const folder = path.join(temporaryFolder('keys'), 'signing-keys');
  const store = createKeyStore({ folder, storage: plainStorage, now });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

  test('saves, lists, opens and removes', async () => {
    assert.deepEqual(await store.list(), []);
    assert.equal(await store.save('platform', privateKey), 'saved');
    assert.equal(await store.save('platform', privateKey), 'name-taken');
    // Windows does not tell capital letters apart in a file's name.
    assert.equal(await store.save('PLATFORM', privateKey), 'name-taken');
    assert.deepEqual(
      (await store.list()).map(({ name, state }) => [name, state]),
      [['platform', 'kept']],
    );
    assert.ok((await store.open('platform')).equals(privateKey));
    assert.equal(await store.remove('platform'), 'removed');
    assert.equal(await store.remove('platform'), 'not-found');
  });

  test('a key that another program holds is not called missing', async () => {
    await store.save('held', privateKey);
    const held = await holdFile(path.join(folder, 'held.json'), 'none');
    await assert.rejects(store.open('held'), /is in use by another program \(EBUSY\)/);
    await held.release();
    assert.ok((await store.open('held')).equals(privateKey));
  });

  for (const name of ['con', 'NUL', 'com1', 'a:b', '..\\up', 'x.'])
    test(`no key has the name ${name}`, async () => {
      await assert.rejects(store.save(name, privateKey));
      assert.deepEqual(
        (await store.list()).map((key) => key.name),
        ['held'],
      );
    });
});
