/** A scanner that types like a keyboard, by real keys: onto the field and onto every screen of a signed-in user. */
import { cpisChecks } from '../cpis-requests.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { test } from '../own-display.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import { wristbandOf } from '../wristband.ts';

const staffBadge = 'BADGE 1234567';
const medicine = '0105012345678900';

const openAnother = ({ page }: Viewer) => page.getByRole('dialog', { name: 'Open another patient?' });

test('a wristband that is scanned into the field ends at "Confirm patient", which shows what the band says', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await page.getByLabel('NHS number').fill('999 0');
  const child = simulator.patient('child-protection');
  await display.scan(wristbandOf(child, { baby: '1/2 TESTMOTHER Mary' }));
  await expectScreen(page, 'confirm');
  await expect(page.getByText('From the wristband.')).toHaveText(
    'From the wristband. Its date of birth is the one above. The band says: baby 1 of 2, baby of TESTMOTHER Mary.',
  );
  const requests = await simulator.requests();
  expect(requests.filter(({ path }) => path.endsWith(`/Patient/${child.nhsNumber}`))).toHaveLength(1);
  expect(await cpisChecks(simulator)).toEqual([]);
});

test('a band without a date of birth says so, and one is found without a field in focus', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await page.getByRole('heading', { level: 1 }).focus();
  await display.scan(wristbandOf(simulator.patient('child-protection'), { born: 'n/a' }));
  await expectScreen(page, 'confirm');
  await expect(page.getByText('no date of birth that can be read')).toBeVisible();
});

test('H3: a band with another date of birth than PDS has opens no patient, and the reason is said', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  await display.scan(wristbandOf(simulator.patient('child-protection'), { born: '01-Jan-2001' }));
  await expect(viewer.page.getByText('The date of birth on the wristband is not the one')).toBeVisible();
  await expectScreen(viewer.page, 'find');
});

test('a medicine is said not to be a wristband, and the field keeps what it had', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const field = page.getByLabel('NHS number');
  await field.fill('999 0');
  await display.scan(medicine);
  await expect(page.getByText('it is of a medicine or another product')).toBeVisible();
  await expect(field).toHaveValue('999 0');
  await display.scan(wristbandOf(simulator.patient('child-protection'), { checkDigit: 'X' }));
  await expect(page.getByText("The wristband's barcode was not read correctly.")).toBeVisible();
  await expect(field).toHaveValue('999 0');
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

test('H4: a barcode that is scanned over a button presses nothing', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.find('child-protection');
  await viewer.chooseCare('unscheduled');
  const check = page.getByRole('button', { name: 'Check CP-IS' });
  await check.focus();
  await display.scan(staffBadge);
  await expect(page.getByText('This barcode is not an NHS wristband')).toBeVisible();
  await check.focus();
  await display.scan(wristbandOf(simulator.patient('child-protection')));
  await expect(page.getByText('the wristband of the patient on this screen')).toBeVisible();
  await check.focus();
  await display.scan(wristbandOf(simulator.patient('no-record')));
  await expect(openAnother(viewer)).toBeVisible();
  await openAnother(viewer).getByRole('button', { name: 'Stay with this patient' }).click();
  await expectScreen(page, 'confirm');
  await check.focus();
  await display.type('9990000026');
  await display.press('Return');
  await expect(openAnother(viewer)).toBeVisible();
  expect(await cpisChecks(simulator)).toEqual([]);
});

test('H3: over an answer, another patient\'s band opens only after a yes, and ends at "Confirm patient"', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled', 'found');
  const other = simulator.patient('no-record');
  await display.scan(wristbandOf(other));
  await expect(openAnother(viewer)).toContainText('This closes TESTCHILD, Amber');
  await openAnother(viewer).getByRole('button', { name: 'Stay with this patient' }).click();
  await expectScreen(page, 'found');
  await display.scan(wristbandOf(other));
  await openAnother(viewer).getByRole('button', { name: 'Close this patient and open the other' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText('From the wristband.')).toBeVisible();
  expect(await cpisChecks(simulator)).toHaveLength(1);
});

test('H9: over a hidden screen or an open dialogue, a scan opens nothing and presses nothing', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'reset' }, { times: 1, handled: true });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  const other = wristbandOf(simulator.patient('no-record'));
  await display.press('F9');
  await expect(page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
  await display.scan(other);
  await display.press('F9');
  await expectScreen(page, 'couldNotCheck');
  await expect(openAnother(viewer)).toHaveCount(0);
  await page.getByRole('button', { name: 'Check again' }).click();
  const again = checkAgainDialogue(page).getByRole('button', { name: 'Check again' });
  await expect(again).not.toHaveAttribute('aria-disabled');
  await again.focus();
  await display.scan(other);
  await display.scan(staffBadge);
  // Keys are taken in their order: when these have come, the scans have.
  await display.press('F9');
  await expect(page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
  await display.press('F9');
  await expect(checkAgainDialogue(page)).toBeVisible();
  await expect(openAnother(viewer)).toHaveCount(0);
  expect(await cpisChecks(simulator)).toHaveLength(1);
});

test('H3: digits that are typed on an answer are asked about, and the answer stays until the yes', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled', 'found');
  const { nhsNumber } = simulator.patient('no-record');
  await display.type(nhsNumber);
  const field = openAnother(viewer).getByLabel('NHS number');
  await expect(field).toHaveValue(nhsNumber.replace(/^(...)(...)/, '$1 $2 '));
  await expect(field).toBeFocused();
  await display.press('Escape');
  await expect(openAnother(viewer)).toHaveCount(0);
  await expectScreen(page, 'found');
  await display.type(nhsNumber.slice(0, 4));
  await expect(field).toHaveValue(/^\d{3} \d$/);
  await display.type(nhsNumber.slice(4));
  await openAnother(viewer).getByRole('button', { name: 'Find patient' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText('From the wristband.')).toHaveCount(0);
});
