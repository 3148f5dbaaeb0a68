/** Near the end of the session the same user signs in again, and keeps the patient (WCAG 2.2.1). */
import type { Simulator } from '../../simulator/client.ts';
import { exportTrail } from '../audit/trail.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Launch, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

/** The shortest session that a site can set has six minutes, all of them within the last half hour. */
const shortSession = { environment: { session: { absoluteHours: 0.1 } } };

async function openAnswer(launch: Launch): Promise<Viewer> {
  const viewer = await launch(shortSession);
  await viewer.page.clock.install();
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'found');
  return viewer;
}

const button = ({ page }: Viewer) => page.getByRole('button', { name: 'Sign in again now' });

async function timeLeft({ page }: Viewer): Promise<string> {
  return (await page.locator('.bar__time-value').textContent()) ?? '';
}

async function signInAgain(viewer: Viewer, simulator: Simulator, user: string): Promise<void> {
  const window = await viewer.openSignIn();
  await expectScreen(viewer.page, 'found');
  await expect(button(viewer)).toHaveAttribute('aria-disabled', 'true');
  await window.getByRole('button', { name: simulator.userName(user) }).click();
}

test('H21: the same user has the whole time anew and keeps the answer; the trail has it', async ({
  launch,
  simulator,
}) => {
  const viewer = await openAnswer(launch);
  await viewer.page.clock.fastForward(3 * 60_000);
  await expect.poll(() => timeLeft(viewer)).toBe('3 min');
  await signInAgain(viewer, simulator, 'nurse');
  await expect.poll(() => timeLeft(viewer)).toBe('6 min');
  await expectScreen(viewer.page, 'found');
  await expect(button(viewer)).not.toHaveAttribute('aria-disabled');
  // The new sign-in is what the next request goes with.
  await viewer.findAnother();
  await viewer.ask('no-record', 'scheduled', 'noRecord');
  await quit(viewer.app);
  const entries = await exportTrail(viewer.profile);
  expect(entries.filter(({ event }) => event === 'signed-in')).toMatchObject([
    { purpose: 'sign-in' },
    { purpose: 'sign-in-again' },
  ]);
});

test('H14: another user who signs in in the place of the user ends the session', async ({
  launch,
  simulator,
}) => {
  const viewer = await openAnswer(launch);
  await signInAgain(viewer, simulator, 'second-nurse');
  await expectScreen(viewer.page, 'locked');
  await expect(viewer.page.getByRole('alert')).toContainText('Someone else signed in');
  await expect(viewer.page.getByText(simulator.patient('child-protection').family)).toHaveCount(0);
});

test('a sign-in that is cancelled changes nothing', async ({ launch }) => {
  const viewer = await openAnswer(launch);
  const window = await viewer.openSignIn();
  await expect(button(viewer)).toHaveAttribute('aria-disabled', 'true');
  await window.close();
  await expect(button(viewer)).not.toHaveAttribute('aria-disabled');
  await expectScreen(viewer.page, 'found');
  await expect(viewer.page.getByRole('alert')).toHaveCount(0);
});
