/** The second wire format: the same screens, honest about what this service lacks. */
import { finishTrail, siteKey } from '../audit/trail.ts';
import { answering, match, searchset } from '../fhir-answers.ts';
import { careLabels, expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

test.use({ simulatorOptions: { args: ['--wire-format', 'patient-flags'] } });

test('H5: a plan is shown as on the other service; no history, and scheduled care only, with the reason', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.find('child-protection');
  const group = page.getByRole('group', { name: 'Care setting' });
  await expect(group).toContainText(careLabels.scheduled);
  await expect(group).toContainText(
    'The Patient Flags service never notifies the local authority. In unscheduled care, phone them as your safeguarding procedure says, or check in the National Care Records Service (NCRS).',
  );
  await expect(page.getByRole('radio')).toHaveCount(0);
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expectScreen(page, 'found');
  const plan = page.getByRole('article', { name: 'Child protection plan (CPP)' });
  // As this service writes it, with the code of the authority.
  await expect(plan).toContainText('Z9L1 - SYNTHETIC BOROUGH COUNCIL');
  await expect(plan).toContainText('020 7946 0102');
  await expect(page.getByText(/Scheduled care: nobody is notified/)).toBeVisible();
  await expect(page.getByText('This service does not show who has checked before.')).toBeVisible();
  expect(await simulator.notifications()).toEqual([]);
});

test('H11: every plan is listed', async ({ signedIn: viewer }) => {
  await viewer.find('several-plans');
  await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expect(viewer.page.getByRole('article')).toHaveCount(4);
});

test('H1: a flag of another category is no record, and is not shown', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await viewer.find('other-flags');
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expectScreen(page, 'noRecord');
  await expect(page.locator('body')).not.toContainText(/adjustment/i);
});

test('H2: an answer that mentions a flag and cannot be read says so, on the screen and in the trail', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  const { page } = viewer;
  await viewer.signIn();
  const patient = simulator.patient('child-protection');
  const flag = {
    resourceType: 'Flag',
    id: 'synthetic-flag',
    status: 'active',
    code: { coding: [{ code: 'child-protection-information-system-flag' }] },
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
        valueReference: { reference: 'CarePlan/not-in-the-answer' },
      },
    ],
  };
  const subject = { reference: `Patient/${patient.nhsNumber}` };
  for (const unreadable of [
    { ...flag, subject },
    { ...flag, subject: { display: 'Not a number' } },
  ]) {
    await simulator.fault('patient-flags', answering(searchset(1, [match(unreadable)])));
    await viewer.find('child-protection');
    await page.getByRole('button', { name: 'Check CP-IS' }).click();
    await expectScreen(page, 'couldNotCheck');
    const main = page.getByRole('main');
    await expect(main).toContainText("The service's answer mentions a CP-IS record");
    await expect(main).toContainText('There may be a CP-IS record for this patient.');
    await expect(main).toContainText('Say on the phone that CP-IS mentions a record.');
    await expect(main).toContainText("phone the local authority's children's services");
    await simulator.clearFaults();
    await viewer.findAnother();
  }
  const outcomes = await finishTrail(viewer, /^cpis-outcome$/);
  // H10: in the trail, and not in the log that goes to a help desk.
  const log = await readLog(viewer);
  expect(log).toContain('"kind":"answer-not-understood"');
  expect(log).not.toContain('mentioned');
  const outcome = { outcome: 'could-not-check', fault: { kind: 'record-mentioned' } };
  expect(outcomes).toMatchObject([outcome, outcome]);
});

test('H2: a patient whom the service does not know is "Could not check CP-IS"', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('patient-flags', { kind: 'status', status: 404 });
  await viewer.find('child-protection');
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expectScreen(page, 'couldNotCheck');
  await expect(page.locator('body')).not.toContainText(/no cp-is record/i);
});
