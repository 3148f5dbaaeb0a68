/** `cpis-viewer audit` in the viewer's own executable: also in the packaged one, whose fuses and switches are others. */
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { axeFindings } from '../access/axe.ts';
import { quit } from '../driver/quit.ts';
import { expect, test } from '../fixtures.ts';
import { openBrowser } from '../identity/user-browser.ts';
import { auditCommand, auditFolder, events, exportTrail, siteKey, trailFile } from './trail.ts';

test('verify and export, without a display and beside a viewer that is open', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await viewer.find('child-protection');
  const folder = auditFolder(viewer.profile);

  const whole = await auditCommand('verify', folder);
  expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('The trail is whole.') });
  const rest = await auditCommand('verify', folder, '--from=audit-000000000001.jsonl');
  expect(rest).toMatchObject({
    code: 0,
    out: expect.stringContaining('The trail is whole from entry 1 on.'),
  });
  expect(await auditCommand('verify', folder, '--from=audit-000000000009.jsonl')).toMatchObject({ code: 2 });

  const entries = await exportTrail(viewer.profile);
  expect(events(entries).slice(0, 4)).toEqual(['trail-begun', 'started', 'signed-in', 'patient-trace']);
  expect(entries[3]).toMatchObject({ patient: simulator.patient('child-protection').nhsNumber });
});

test('a FIFO in the place of a file of the trail is named, and not waited for', async ({ launch }) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await quit(viewer.app);
  const file = trailFile(viewer.profile);
  await rm(file);
  execFileSync('mkfifo', [file]);
  const { code, out } = await auditCommand('verify', auditFolder(viewer.profile));
  expect(code).toBe(1);
  expect(out).toContain('PROBLEM: audit-000000000001.jsonl is not a regular file.');
});

test('a report of what was done: data, and a page that needs nothing else and that axe finds no fault with', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  const { profile } = viewer;
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'found');
  const [data, page] = [path.join(profile, 'report.json'), path.join(profile, 'report.html')];
  const folder = auditFolder(profile);

  expect(
    await auditCommand('report', '--from', folder, '--output', data, '--small-numbers=shown'),
  ).toMatchObject({ code: 0, out: '' });
  const report = JSON.parse(await readFile(data, 'utf8'));
  expect(report).toMatchObject({ checks: { all: 1, byRole: [{ count: 1 }] }, foundToAnswer: { answers: 1 } });
  expect(JSON.stringify(report)).not.toContain(simulator.patient('child-protection').nhsNumber);

  expect(await auditCommand('report', '--from', folder, '--output', page)).toMatchObject({ code: 0 });
  expect(await auditCommand('report', '--from', folder, '--output', page)).toMatchObject({ code: 2 });
  const browser = await openBrowser(process.getuid?.() ?? 0);
  try {
    // The page allows no script, not even axe.
    const context = await browser.newContext({ bypassCSP: true });
    const opened = await context.newPage();
    const requests: string[] = [];
    opened.on('request', (request) => requests.push(request.url()));
    await opened.setContent(await readFile(page, 'utf8'));
    await expect(opened.getByRole('heading', { level: 1 })).toHaveText(/^Use of CP-IS on /);
    await expect(opened.getByText('Fewer than 8 checks found a record', { exact: true })).toBeVisible();
    expect(await axeFindings(opened)).toEqual([]);
    expect(requests).toEqual([]);
  } finally {
    await browser.close();
  }
});
