import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright';
import { parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import { checkAll, lineOf, withClinicLists } from '../clinic-list.ts';
import { quit } from '../driver/quit.ts';
import { type Bench, openViewer } from './apps.ts';
import { type Measured, slowest } from './figures.ts';
import { during, nextFrame } from './frame-times.ts';

/** How long keys wait while a clinic list of 60 lines runs, and once it is stopped. Throws where it ends before they do. */
export async function measureClinicList({ viewer: app, simulator, rounds }: Bench) {
  const count = rounds(100, 500);
  const policy = path.join(app.directory.profiles, 'policy.json');
  await writeFile(policy, JSON.stringify(withClinicLists.policy));
  const args = [...app.args, `--policy=${await app.directory.copyForUser(policy)}`];
  const viewer = await openViewer({ ...app, args }, simulator);
  const { page } = viewer;
  // Patients of the simulator, then numbers that PDS does not know.
  const lines = simulator.patients.map(lineOf);
  for (let digits = 9_991_000_000; lines.length < 60; digits += 1)
    if (parseNhsNumber(`${digits}`).kind === 'valid') lines.push(`${digits} 2015-08-14`);
  await viewer.signIn();
  await checkAll(viewer, lines.slice(0, 60));
  const running = await timeKeys(page, count);
  await page.getByRole('button', { name: 'Stop' }).focus({ timeout: 1_000 });
  const stop = await timeKey(page, 'Enter', 'document.body.innerText.includes("done. Stopped.")');
  const stopped = await timeKeys(page, count);
  await quit(viewer.app);
  return [
    slowest('slowest key while a clinic list runs', 50, running),
    slowest('slowest key on the stopped list', 50, stopped),
    slowest('"Stop" to the screen', 100, [stop]),
  ] satisfies readonly Measured[];
}

async function timeKeys(page: Page, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  while (times.length < count) {
    await wait(5 + 10 * Math.random()); // not in step with the frames
    times.push(await timeKey(page, ['Tab', 'ArrowDown', 'PageDown', 'Home'][times.length % 4] ?? ''));
  }
  return times;
}

/** Milliseconds from before the key is sent to the window to the first frame behind its handlers in which `shown` holds. */
async function timeKey(page: Page, key: string, shown = 'true'): Promise<number> {
  const painted = `(async () => {
    await new Promise((pressed) => addEventListener('keydown', pressed, { capture: true, once: true }));
    for (;;) { const at = await ${nextFrame}; if (${shown}) return [at]; }
  })()`;
  let sentAt = 0;
  const [paintedAt = Number.NaN] = await during(page, painted, () => {
    sentAt = performance.timeOrigin + performance.now();
    return page.keyboard.press(key);
  });
  return paintedAt - sentAt;
}
