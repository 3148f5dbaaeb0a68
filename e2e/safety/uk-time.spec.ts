import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

const ukClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
});

/** `2026-11-28`, as dates are written in Sweden. */
const ukDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' });

/**
 * To 10:30 UTC of the UK's date, an hour at which it is the next day already in the Pacific. The viewer takes the time of the
 * services.
 */
function secondsToHalfPastTen(): number {
  const now = new Date();
  return Math.round((Date.parse(`${ukDay.format(now)}T10:30:00Z`) - now.getTime()) / 1_000);
}

async function shownTime(page: Page): Promise<string> {
  const sentence = await page.getByText(/^Retrieved \d\d:\d\d\. /).innerText();
  return /\d\d:\d\d/.exec(sentence)?.[0] ?? '';
}

for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'Asia/Calcutta']) {
  test(`H12: on a workstation set to ${zone}, times are those of the United Kingdom`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch({ env: { TZ: zone } });
    const { app, page } = viewer;
    const believed = await app.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(believed, 'the workstation is really set so').toBe(zone);
    await viewer.signIn();

    const before = ukClock.format(new Date());
    await viewer.ask('child-protection', 'unscheduled', 'found');
    const after = ukClock.format(new Date());
    expect([before, after]).toContain(await shownTime(page));

    // The newest entry of the history is this very access; the one before it is 90 minutes old.
    const rows = page.getByRole('table', { name: 'Previously viewed by' }).getByRole('row');
    await expect(rows).toHaveCount(5);
    await expect(rows.nth(1)).toContainText(simulator.userName('nurse'));
    const newest = await rows.nth(1).getByRole('cell').first().innerText();
    expect([before, after].some((time) => newest.includes(time))).toBe(true);
  });

  test(`H6: on a workstation set to ${zone}, a plan whose last day is today is current`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch({ env: { TZ: zone } });
    await simulator.settings({ accessTokenSeconds: 12 * 3_600 });
    await viewer.signIn();
    await simulator.settings({ clockOffsetSeconds: secondsToHalfPastTen() });
    await viewer.ask('ends-today', 'scheduled');
    await expect(viewer.page.getByRole('article').getByText('Current', { exact: true })).toBeVisible();
  });
}
