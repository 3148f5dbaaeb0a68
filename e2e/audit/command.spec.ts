/** `cpis-viewer audit` in the viewer's own executable: also in the packaged one, whose fuses and switches are others. */
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { quit } from '../driver/quit.ts';
import { expect, test } from '../fixtures.ts';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from './trail.ts';

test('verify and export, without a display and beside a viewer that is open', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  const { profile } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection');
  const folder = auditFolder(profile);

  const whole = await auditCommand('verify', folder);
  expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('The trail is whole.') });
  const rest = await auditCommand('verify', folder, '--from=audit-000000000001.jsonl');
  expect(rest).toMatchObject({
    code: 0,
    out: expect.stringContaining('The trail is whole from entry 1 on.'),
  });
  expect(await auditCommand('verify', folder, '--from=audit-000000000009.jsonl')).toMatchObject({ code: 2 });

  const entries = await exportTrail(profile);
  expect(events(entries).slice(0, 4)).toEqual(['trail-begun', 'started', 'signed-in', 'patient-trace']);
  expect(entries[3]).toMatchObject({ patient: simulator.patient('child-protection').nhsNumber });
});

test('a FIFO in the place of a file of the trail is named, and not waited for', async ({ launch }) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await quit(viewer.app);
  const folder = auditFolder(viewer.profile);
  const file = path.join(folder, 'audit-000000000001.jsonl');
  await rm(file);
  execFileSync('mkfifo', [file]);
  const { code, out } = await auditCommand('verify', folder);
  expect(code).toBe(1);
  expect(out).toContain('PROBLEM: audit-000000000001.jsonl is not a regular file.');
});
