/** The log has every fault under its reference, and nothing of a patient, a user or a secret. */
import type { SyntheticPatient } from '../../simulator/client.ts';
import { siteKey } from '../audit/trail.ts';
import { quit } from '../driver/quit.ts';
import { expect, test, userDataFolder } from '../fixtures.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { headingOf, rendererProcess } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { searchByName } from '../search-by-name.ts';
import { filesHolding } from '../security/folder-search.ts';
import { inGroups } from '../security/support-files.ts';
import { saveSupportBundle } from '../support-bundle.ts';
import { readLog } from '../viewer-log.ts';

const partsOf = ({ nhsNumber, family, given, birthDate }: SyntheticPatient): readonly string[] => [
  nhsNumber,
  inGroups(nhsNumber),
  family,
  family.toLowerCase(),
  ...given,
  birthDate ?? '',
];

/** `TESTCHILD-Amber-2018-03-01`: every character of it may stand in the id of a FHIR resource. */
const nameAsReference = ({ family, given, birthDate }: SyntheticPatient): string =>
  [family, given[0], birthDate].join('-');

test('a day at work leaves nothing of a patient, a user or a secret in the log and the support bundle', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  const { app, page, profile } = viewer;
  const patient = simulator.patient('child-protection');
  const other = simulator.patient('looked-after');
  const body = `${patient.nhsNumber} ${patient.family} ?family=${patient.family}`;

  // An answer, its history, a copy, a lock.
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'history');
  await page.getByRole('button', { name: /^Copy Office hours/ }).click();
  await viewer.lock();
  await viewer.signIn();

  // Services whose error texts contain the patient.
  await simulator.fault('pds.read', { kind: 'status', status: 500, body });
  await viewer.enterNumber(patient.nhsNumber);
  await expect(page.getByText(/Support reference/)).toBeVisible();
  await simulator.clearFaults();
  await simulator.fault('cpis.care-team', { kind: 'body', contentType: 'application/fhir+json', body });
  await viewer.ask('looked-after', 'scheduled', 'couldNotCheck');
  const reference =
    /Support reference (\S+)/.exec(await page.getByText(/Support reference/).innerText())?.[1] ?? '';
  await simulator.clearFaults();

  // One whose support reference is a name and a date of birth.
  const outcome = { resourceType: 'OperationOutcome', id: nameAsReference(patient) };
  await simulator.fault('cpis.care-team', { kind: 'status', status: 403, body: outcome });
  await viewer.findAnother();
  await viewer.ask('child-protection', 'scheduled', 'denied');
  await expect(page.getByText(/Support reference/)).not.toContainText(outcome.id);
  await simulator.clearFaults();

  // Links that are wrong, and one that is right.
  await openLink(profile, `cpis-viewer:launch?nhs=${patient.nhsNumber}&family=${patient.family}`);
  await expect(page.getByText('is not safe to open')).toBeVisible();
  await openLink(profile, linkTo(other));
  await page.getByRole('button', { name: 'Close this patient and open the other' }).click();
  await expectScreen(page, 'confirm');
  await page.getByRole('button', { name: 'Not this patient' }).click();

  // A search that finds no patient, whose details are in a query string.
  await searchByName(viewer, { family: other.family, birthDate: '1903-02-01' });
  await expect(page.getByText(/has no patient with these details/)).toBeVisible();

  const bundle = await saveSupportBundle(viewer);
  expect(bundle).toContain('SIMULATOR');
  await page.keyboard.press('Escape');
  await viewer.signOut();
  await quit(app);

  const log = await readLog(viewer);
  expect(log).toContain('SIMULATOR');
  expect(log).toContain(reference);
  expect(bundle).toContain(reference);

  const { cis2, platform } = simulator.environment as {
    cis2: { clientId: string };
    platform: { apiKey: string };
  };
  const forbidden = [
    ...partsOf(patient).filter((part) => part !== ''),
    ...partsOf(other),
    '1903-02-01',
    simulator.userName('nurse'),
    ...(await simulator.secrets()),
    platform.apiKey,
    cis2.clientId,
    'Bearer',
    'family=',
    'patient:identifier',
    'cpis-viewer:launch',
  ];
  const written = { 'viewer.log': log, 'support bundle': bundle };
  for (const [name, text] of Object.entries(written)) {
    expect(
      forbidden.filter((part) => text.includes(part)),
      name,
    ).toEqual([]);
  }
  expect(
    await filesHolding(
      userDataFolder(profile),
      [...partsOf(patient), ...partsOf(other)].filter((part) => part.length > 5),
    ),
  ).toEqual([]);
});

test('a page whose process dies comes back empty; it is written down, and no dump is kept (H10)', async ({
  viewer,
  simulator,
}) => {
  const { app, page, profile } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection');
  process.kill(await rendererProcess(app), 'SIGABRT');
  await expect.poll(() => readLog(viewer)).toContain('"process-gone"');
  await expect.poll(() => headingOf(viewer)).toBe('Find a patient');
  await page.close().catch(() => undefined);
  await quit(app);
  const { nhsNumber, family } = simulator.patient('child-protection');
  expect(await filesHolding(userDataFolder(profile), [nhsNumber, family])).toEqual([]);
  // The first bytes of every minidump.
  expect(await filesHolding(userDataFolder(profile), ['MDMP'])).toEqual([]);
});
