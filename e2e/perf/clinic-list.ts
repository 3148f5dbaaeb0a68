/** How long keys wait while a clinic list of 60 lines runs and when it has stopped. Throws where it ends before they do. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { Simulator } from '../../simulator/client.ts';
import { quit } from '../driver/quit.ts';
import { afterFrame } from './in-page.ts';
import { type MeasuredApp, openViewer } from './measured-apps.ts';
import { type Figure, slowest } from './report.ts';

/** `file`: for the policy of this viewer. */
export async function measureClinicList(app: MeasuredApp, simulator: Simulator, file: string, count: number) {
  await writeFile(file, JSON.stringify({ clinicList: true, clinicListRequestsPerSecond: 4 })); // the fastest
  const args = [...app.args, `--policy=${await app.directory.copyForUser(file)}`];
  const viewer = await openViewer({ ...app, args }, simulator);
  const { page } = viewer;
  await viewer.signIn();
  // Patients of the simulator, then numbers that PDS does not know.
  const lines = simulator.patients.map(({ nhsNumber, birthDate }) => `${nhsNumber} ${birthDate ?? ''}`);
  for (let digits = 9_991_000_000; lines.length < 60; digits += 1)
    if (parseNhsNumber(`${digits}`).kind === 'valid') lines.push(`${digits} 2015-08-14`);
  await page.getByRole('button', { name: 'Clinic list', exact: true }).click();
  await page.getByLabel('NHS numbers and dates of birth').fill(lines.slice(0, 60).join('\n'));
  await page.getByRole('button', { name: 'Check all' }).click();
  const stop = page.getByRole('button', { name: 'Stop' });
  await stop.waitFor();
  const running = await pressKeys(page, count);
  await stop.focus({ timeout: 1_000 });
  const stopMs = await timeKey(page, 'Enter', 'document.body.innerText.includes("done. Stopped.")');
  const stopped = await pressKeys(page, count);
  await quit(viewer.app);
  return [
    slowest('slowest key while a clinic list runs ÷ goal', running, 50),
    slowest('slowest key on the stopped list ÷ goal', stopped, 50),
    slowest('"Stop" to the screen ÷ goal', [stopMs], 100),
  ] satisfies readonly Figure[];
}

async function pressKeys(page: Page, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  while (times.length < count) {
    await wait(5 + 10 * Math.random()); // not in step with the frames
    times.push(await timeKey(page, ['Tab', 'ArrowDown', 'PageDown', 'Home'][times.length % 4] ?? ''));
  }
  return times;
}

/** Milliseconds from before the key is sent to the window to the first frame behind its handlers in which `shown` holds. */
async function timeKey(page: Page, key: string, shown = 'true'): Promise<number> {
  await page.evaluate(`window.painted = new Promise((resolve) => addEventListener('keydown', function look() {
    ${afterFrame}(() => (${shown}) ? resolve(performance.timeOrigin + performance.now()) : look());
  }, { capture: true, once: true })); undefined`);
  const sentAt = performance.timeOrigin + performance.now();
  await page.keyboard.press(key);
  return (await page.evaluate<number>('window.painted')) - sentAt;
}
