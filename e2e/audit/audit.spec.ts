/** Who did what, recorded before it was done, in a trail that shows every change and gives no NHS number away. */
import { chmod, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { askedOfCpis } from '../cp-is-log.ts';
import { expect, test, userDataFolder } from '../fixtures.ts';
import { quit } from '../quit.ts';
import { filesHolding } from '../security/folder-search.ts';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from './trail.ts';

const firstFile = (profile: string) => path.join(auditFolder(profile), 'audit-000000000001.jsonl');

test('the main job, from sign-in to sign-out, is in the trail', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: siteKey });
  const { app, page, profile } = viewer;
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled');
  await expect(page.getByRole('table')).toBeVisible();
  await page.getByRole('button', { name: /^Copy/ }).first().click();
  await page.getByRole('button', { name: 'Lock' }).click();
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  await viewer.signIn();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();

  // Beside the viewer that is still open.
  expect(await auditCommand('verify', auditFolder(profile))).toMatchObject({
    code: 0,
    out: expect.stringContaining('The trail is whole.'),
  });
  await quit(app);

  const entries = await exportTrail(profile);
  expect(events(entries)).toEqual([
    'trail-begun',
    'started',
    'signed-in',
    'patient-trace',
    'patient-trace-outcome',
    'cpis-query',
    'cpis-outcome',
    'cpis-query',
    'cpis-outcome',
    'copied',
    'locked',
    'signed-in',
    'signed-out',
  ]);
  const { nhsNumber, family } = simulator.patient('child-protection');
  const [check, answer, history] = entries.slice(5);
  expect(check).toMatchObject({
    query: 'check',
    patient: nhsNumber,
    careSetting: 'unscheduled',
    mayNotify: true,
    actor: {
      userId: expect.stringMatching(/^\d{12}$/),
      role: expect.any(String),
      organisation: expect.any(String),
    },
    workstation: expect.any(String),
    at: expect.stringMatching(/Z$/),
  });
  expect(answer).toMatchObject({ outcome: 'found', notification: 'told', checkId: check?.['checkId'] });
  expect(history).toMatchObject({ query: 'history', mayNotify: false, checkId: check?.['checkId'] });
  // What CP-IS was sent, and so what the service's own records call it, was in the trail beforehand.
  const sent = (await simulator.requests()).filter(({ path: requested }) => requested.startsWith('/cpis/'));
  expect(sent.map(({ headers }) => headers['x-correlation-id'])).toEqual([
    check?.['checkId'],
    check?.['checkId'],
  ]);
  expect(entries.slice(1).filter(({ workstation }) => workstation !== check?.['workstation'])).toEqual([]);
  expect(entries.at(-1)).toMatchObject({ event: 'signed-out', actor: check?.['actor'] });
  expect(await filesHolding(userDataFolder(profile), [nhsNumber, family])).toEqual([]);
});

test('without a key of the site, no NHS number is kept in any form', async ({ viewer }) => {
  await viewer.signIn();
  await viewer.find('child-protection');
  await quit(viewer.app);
  const entries = await exportTrail(viewer.profile);
  expect(entries.find(({ event }) => event === 'patient-trace')).toMatchObject({ patient: null });
});

const troubles = {
  'a trail that may not be written': {
    words: 'The audit trail may not be written on this computer, so nothing was asked.',
    begin: (profile: string) => chmod(firstFile(profile), 0o400),
    end: (profile: string) => chmod(firstFile(profile), 0o600),
  },
  'a full disk': {
    words: "This computer's disk is full: the audit trail could not be written, so nothing was asked.",
    begin: async (profile: string) => {
      await rename(firstFile(profile), path.join(profile, 'kept'));
      await symlink('/dev/full', firstFile(profile));
    },
    end: (profile: string) => rename(path.join(profile, 'kept'), firstFile(profile)),
  },
};

for (const [trouble, { words, begin, end }] of Object.entries(troubles)) {
  test(`${trouble}: CP-IS is not asked, in plain words, and is asked once it is over`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch({ environment: siteKey });
    const { page, profile } = viewer;
    await viewer.signIn();
    await viewer.find('child-protection');
    await begin(profile);
    await viewer.chooseCare('unscheduled');
    await page.getByRole('button', { name: 'Check CP-IS' }).click();
    await expect(page.getByText(words)).toBeVisible();
    expect(await askedOfCpis(simulator)).toEqual([]);
    expect(await simulator.notifications()).toEqual([]);

    await end(profile);
    await page.getByRole('button', { name: /^(Try again|Ask again|Check CP-IS)$/ }).click();
    await expect(page.getByRole('heading', { name: 'CP-IS record found' })).toBeVisible();
    expect(await simulator.notifications()).toHaveLength(1);
  });
}

test('a folder that may not be written: not even PDS is asked', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: siteKey, userData: {} });
  const { page, profile } = viewer;
  await viewer.signIn();
  const folder = auditFolder(profile);
  await rename(folder, path.join(profile, 'audit-kept'));
  await mkdir(folder, { mode: 0o555 });
  await page.getByLabel('NHS number').fill(simulator.patient('child-protection').nhsNumber);
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByText('The audit trail may not be written on this computer')).toBeVisible();
  const requests = await simulator.requests();
  expect(requests.filter(({ path: requested }) => requested.includes('/Patient'))).toEqual([]);
  await chmod(folder, 0o755);
});

test('a viewer that was killed: the next start goes on, and the trail is whole', async ({ launch }) => {
  const first = await launch({ environment: siteKey });
  await first.signIn();
  await first.find('child-protection');
  first.app.process().kill('SIGKILL');
  await first.app.waitForEvent('close');
  const { profile } = first;

  const second = await launch({ environment: siteKey, profile });
  await expect(second.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  await quit(second.app);
  expect(await auditCommand('verify', auditFolder(profile))).toMatchObject({ code: 0 });
  expect(events(await exportTrail(profile)).slice(-2)).toEqual(['started', 'session-interrupted']);
});

test('a changed entry is found, and named', async ({ launch }) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await quit(viewer.app);
  const file = firstFile(viewer.profile);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"signed-in"', '"signed-on"'));
  const { code, out } = await auditCommand('verify', auditFolder(viewer.profile));
  expect(code).toBe(1);
  expect(out).toContain('audit-000000000001.jsonl, line 3: not an entry as it was written.');
});
