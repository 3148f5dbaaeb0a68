/** H20: the clock of the workstation is wrong; the services say the right time with every answer. */

import { startLaunchCodeIssuer } from '../doubles/launch-code-issuer.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, test } from '../fixtures.ts';
import { openLink } from '../launch/record-system.ts';
import { expectScreen } from '../screens.ts';

const twoHours = 2 * 60 * 60;

function ukTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

test('H20: on a workstation whose clock is wrong, an answer carries the time of the service', async ({
  viewer,
  simulator,
}) => {
  // Long enough a token, for the clock is set wrong only after the sign-in.
  await simulator.settings({ accessTokenSeconds: 2 * twoHours });
  await viewer.signIn();
  await simulator.settings({ clockOffsetSeconds: twoHours });
  await viewer.ask('child-protection', 'scheduled', 'found');
  const sentence = await viewer.page.getByText(/^Retrieved \d\d:\d\d/).innerText();
  // The minute may have turned since.
  const right = Date.now() + twoHours * 1_000;
  expect([ukTime(right), ukTime(right - 60_000)]).toContain(/\d\d:\d\d/.exec(sentence)?.[0]);
});

test('H20: neither a launch redeemer whose clock is years off nor one far answer of a service moves the time', async ({
  launch,
  simulator,
}) => {
  const farDate = { Date: 'Fri, 23 Nov 2046 12:00:00 GMT' };
  const twoDaysOn = { Date: new Date(Date.now() + 2 * 24 * 3_600_000).toUTCString() };
  const issuer = await startLaunchCodeIssuer(farDate);
  try {
    const viewer = await launch({ environment: issuer.settings });
    const { page } = viewer;
    await viewer.signIn();
    await simulator.fault('pds.read', { kind: 'status', status: 400, headers: twoDaysOn });
    const code = issuer.issue(simulator.patient('child-protection'));
    await openLink(viewer.profile, `cpis-viewer:launch?code=${code}`);
    await expect(page.getByRole('alert')).toBeVisible();
    await chooseInMenu(page, 'Diagnostics');
    const row = page.getByRole('dialog', { name: 'Diagnostics' }).getByText('Clock difference');
    await expect(row.locator('..')).toContainText('None noticed');
  } finally {
    issuer.close();
  }
});

test('H20: where one service alone says another date, a plan that ended between the two is "unclear"', async ({
  launch,
}) => {
  const viewer = await launch({ policy: { prefetch: false } });
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.find('ended');
  // Long before the last answer of another service, which counts no more then. `Date.now`, by which the viewer would lock
  // after such a change of its clock, stays as it is.
  await app.evaluate(() => {
    globalThis.Date = new Proxy(Date, {
      construct: (target, given, newTarget) => {
        const longAgo = target.now() - 100 * 24 * 3_600_000;
        return Reflect.construct(target, given.length === 0 ? [longAgo] : given, newTarget);
      },
    });
  });
  await viewer.check('scheduled', 'found');
  await expect(page.getByText("Unclear: this computer's clock may be wrong")).toBeVisible();
  await expect(page.getByText(/^Retrieved .* \(this computer's clock may be wrong\)\. Sch/)).toBeVisible();
  await chooseInMenu(page, 'Diagnostics');
  const row = page.getByRole('dialog', { name: 'Diagnostics' }).getByText('Clock difference');
  await expect(row.locator('..')).toContainText('IN DOUBT: None noticed, or This computer is');
});

test('H20: "Time left" is counted from the sign-in, whatever is done to the clock since', async ({
  viewer,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await expect(page.getByText('Time left: 12 h')).toBeVisible();
  await page.clock.setSystemTime(Date.now() + 2.5 * twoHours * 1_000);
  await app.evaluate(({ BrowserWindow }) => {
    const real = Date.now;
    Date.now = () => real() + 5 * 3_600_000;
    // The page is made anew, and is told of the session anew.
    for (const window of BrowserWindow.getAllWindows()) window.webContents.forcefullyCrashRenderer();
  });
  await expectScreen(page, 'find');
  await expect(page.getByText(/Time left: (12 h|11 h 59 min)/)).toBeVisible();
});
