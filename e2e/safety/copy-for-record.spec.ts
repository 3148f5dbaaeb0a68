/**
 * H17: the result of a check as text for the patient's record: another program pastes it from the real clipboard, the trail
 * has it first, and nothing that runs in the page can change it.
 */
import { chmod } from 'node:fs/promises';
import { finishTrail, siteKey, trailFile } from '../audit/trail.ts';
import { expect, type Launch, type Viewer } from '../fixtures.ts';
import { type OwnDisplay, test } from '../own-display.ts';
import { inGroups } from '../security/support-files.ts';

/** A viewer of the test's own, with an answer on the screen. */
async function openAnswer(launch: Launch, display: OwnDisplay): Promise<Viewer> {
  const viewer = await launch({ env: display.env, environment: siteKey });
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'history');
  return viewer;
}

const copy = ({ page }: Viewer) =>
  page.getByRole('button', { name: 'Copy for the record', exact: true }).click();

test('H17: what another program pastes is the check, its patient, its user and its reference; and it is in the trail', async ({
  ownDisplay: display,
  launch,
}) => {
  const viewer = await openAnswer(launch, display);
  // Script that rewrites the page changes nothing of what is copied.
  await viewer.page.evaluate(() => {
    for (const element of document.querySelectorAll('.plan__title, .patient-banner, .checked'))
      element.textContent = 'No CP-IS record';
  });
  await copy(viewer);
  await expect.poll(() => display.read('clipboard')).not.toBe('');
  const text = await display.read('clipboard');
  expect(text.split('\n')).toEqual([
    'NOT A REAL PATIENT: SIMULATOR',
    'CP-IS check (Child Protection - Information Sharing)',
    expect.stringMatching(/^Patient: TESTCHILD, /),
    expect.stringMatching(/^Born: \d\d-[A-Z][a-z]{2}-\d{4} \(\d+y\)$/),
    'NHS number: 999 000 0018',
    expect.stringMatching(
      /^Checked: \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d \(UK time\) by Nora Synthetic, .+, .+$/,
    ),
    'How: Scheduled care: nobody is notified.',
    'Outcome: CP-IS record found (1 record)',
    'Record 1 of 1: Child protection plan (CPP) (SNOMED CT 342191000000101)',
    'Status: Current',
    expect.stringMatching(/^Start: /),
    expect.stringMatching(/^End: /),
    expect.stringMatching(/^Local authority: /),
    'Office hours: 020 7946 0101',
    'Emergency duty team (out of hours): 020 7946 0102',
    expect.stringMatching(/^CP-IS check reference: [0-9a-f-]{36}$/),
    'Phoned: ______',
  ]);
  const entries = await finishTrail(viewer);
  const checkId = /^CP-IS check reference: (.+)$/m.exec(text)?.[1];
  expect(entries.find(({ event }) => event === 'record-copied')).toMatchObject({ checkId });
  expect(entries.find(({ event }) => event === 'cpis-query')).toMatchObject({ checkId });
});

test('H1: a copy of no record has the fixed words', async ({ display, signedIn: viewer }) => {
  await viewer.ask('no-record', 'scheduled', 'noRecord');
  await copy(viewer);
  await expect
    .poll(() => display.read('clipboard'))
    .toContain(
      '\nOutcome: No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.\n',
    );
});

test('H2: a copy of a refusal says that we do not know', async ({ display, signedIn: viewer }) => {
  await viewer.ask('cpis-denied', 'scheduled', 'denied');
  await copy(viewer);
  await expect
    .poll(() => display.read('clipboard'))
    .toMatch(/\nOutcome: Access denied\. .* We do not know if there is a CP-IS record\. /);
});

test('H13: a copy names the number that PDS has now, and never the one that it replaced', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  await viewer.ask('superseded', 'scheduled', 'found');
  await copy(viewer);
  const spaced = (key: string) => inGroups(simulator.patient(key).nhsNumber);
  await expect
    .poll(() => display.read('clipboard'))
    .toContain(
      `NHS number: ${spaced('replacement')}\nThe NHS number that was asked for has been superseded by this one.\n`,
    );
  const text = await display.read('clipboard');
  expect(text).not.toContain(spaced('superseded'));
  expect(text).not.toContain(simulator.patient('superseded').nhsNumber);
});

test('H17: what was copied for the record is gone with the patient', async ({
  display,
  signedIn: viewer,
}) => {
  await viewer.ask('child-protection', 'scheduled', 'found');
  await copy(viewer);
  await expect.poll(() => display.read('clipboard')).toContain('Patient: ');
  await viewer.findAnother();
  await expect.poll(() => display.read('clipboard')).toBe('');
});

test('H17: nothing is copied for the record that cannot be recorded, and the screen says so', async ({
  ownDisplay: display,
  launch,
}) => {
  const viewer = await openAnswer(launch, display);
  await display.offer('clipboard', 'a shopping list');
  await chmod(trailFile(viewer.profile), 0o400);
  await copy(viewer);
  await expect(viewer.page.getByRole('alert')).toContainText('The audit trail may not be written');
  expect(await display.read('clipboard')).toBe('a shopping list');
});

test('H3: script cannot copy another check, nor put in words of its own', async ({
  display,
  signedIn: viewer,
}) => {
  await viewer.ask('child-protection', 'scheduled', 'found');
  await display.offer('clipboard', 'a shopping list');
  const replies = await viewer.page.evaluate(async () => {
    const { request } = window.viewer;
    return [
      await request('clipboard.copyRecord', { checkId: 'another-check' }),
      await request('clipboard.copyRecord', { checkId: 'another-check', text: 'No CP-IS record' }),
    ].map(({ ok }) => ok);
  });
  expect(replies).toEqual([false, false]);
  expect(await display.read('clipboard')).toBe('a shopping list');
});
