/** Disks that are full or cannot be written. Wine maps them as Windows does: ENOSPC, and EROFS or EPERM. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { openTrail, type Trail } from '../electron/audit/trail.ts';
import { openLog } from '../electron/diagnostics/log.ts';
import { createKeyStore } from '../electron/identity/signers/stored/key-store.ts';
import { takeTurn } from '../electron/main/first-instance.ts';
import { createLastGoodPolicy } from '../electron/settings/policy/last-good-policy.ts';
import { openUserSettings } from '../electron/settings/user-settings.ts';
import { given } from './support/given.ts';
import { plainStorage } from './support/plain-storage.ts';
import { runBundle } from './support/programs.ts';

const now = () => new Date();
const openIn = (folder: string) =>
  openTrail({ folder: path.join(folder, 'audit'), workstation: 'WARD-7', now });
const write = (trail: Trail) => trail.append({ event: 'copied', workstation: 'WARD-7', actor: null });
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Whatever a user's folder refuses: each part says so, and none calls it anything else. */
async function assertRefuses(folder: string, code: RegExp): Promise<void> {
  await assert.rejects(write(openIn(folder)), { code });
  const log = openLog(path.join(folder, 'logs'), 'events', now);
  log.write({ event: 'update', state: 'current', version: '1.0.0' });
  await log.settled();
  assert.match(log.failure() ?? '', code);
  assert.equal(await openUserSettings(folder, now).setZoomFactor(2), 'not-kept');
  await createLastGoodPolicy(folder).keep({ printing: false });
  const keys = createKeyStore({ folder: path.join(folder, 'signing-keys'), storage: plainStorage, now });
  await assert.rejects(keys.save('platform', privateKey), { code });
  assert.deepEqual(await keys.list(), []);
}

describe('Full and read-only disks', () => {
  test('a folder that cannot be written: every part says so', async () => {
    await assertRefuses(path.join(given('READ_ONLY_DISK'), 'user'), /^E(?:ROFS|PERM|ACCES)$/);
  });

  test('W13: a start in such a folder goes on, where a second start of a good one ends', () => {
    const startIn = (folder: string) =>
      takeTurn({ requestSingleInstanceLock: () => false, getPath: () => folder });
    assert.equal(startIn(path.join(given('READ_ONLY_DISK'), 'user')), 'first');
    assert.equal(startIn(given('SMALL_DISK')), 'later');
    assert.deepEqual(readdirSync(given('SMALL_DISK')), []);
  });

  test('a full disk: every part says so, and the trail goes on when there is room again', async () => {
    const folder = path.join(given('SMALL_DISK'), 'user');
    mkdirSync(folder);
    const trail = openIn(folder);
    await write(trail);
    const filler = path.join(given('SMALL_DISK'), 'filler');
    const opened = openSync(filler, 'w');
    assert.throws(
      () => {
        for (;;) writeSync(opened, Buffer.alloc(4_096));
      },
      { code: 'ENOSPC' },
    );
    closeSync(opened);
    await assert.rejects(
      async () => {
        for (;;) await write(trail);
      },
      { code: 'ENOSPC' },
    );
    await assertRefuses(path.join(given('SMALL_DISK'), 'another user'), /^ENOSPC$/);
    rmSync(filler);
    await write(trail);
    const { exitCode, out } = await runBundle(['viewer', 'audit', 'verify', path.join(folder, 'audit')]);
    assert.equal(exitCode, 0, out);
  });
});
