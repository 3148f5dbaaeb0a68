/** Memory that the viewer does not take, or gives back. */
import { readFile } from 'node:fs/promises';
import type { ElectronApplication } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { test } from '../own-display.ts';

/** The kilobytes of all pictures that the page and the process that draws it share; counted once (PSS, proc(5)). */
async function pictures(app: ElectronApplication): Promise<number> {
  const processes = await app.evaluate(({ app: application }) => application.getAppMetrics());
  let sizeKb = 0;
  for (const { pid } of processes) {
    const mappings = (await readFile(`/proc/${pid}/smaps`, 'utf8')).split(/^(?=[\da-f]+-[\da-f]+ )/m);
    for (const mapping of mappings)
      if (mapping.includes('.org.chromium.')) sizeKb += Number(/^Pss:\s+(\d+) kB$/m.exec(mapping)?.[1]);
  }
  return sizeKb;
}

test('at rest the pictures of former screens are gone, and that of the last is there once', async ({
  signedIn,
}) => {
  const { app, page } = signedIn;
  await signedIn.ask('child-protection', 'scheduled', 'found');
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const screenKb = (4 * width * height) / 1_024;
  await expect.poll(() => pictures(app), { timeout: 15_000 }).toBeLessThan(1.5 * screenKb);
});

test('on a display that no other program has opened, no graphics driver is in the main process, nor its switch in the environment', async ({
  signedIn: { app },
}) => {
  const { pid, environment } = await app.evaluate(() => ({
    pid: process.pid,
    environment: process.env['GDK_GL'],
  }));
  expect(await readFile(`/proc/${pid}/maps`, 'utf8')).not.toMatch(/_dri\.so|libLLVM|libGLX/);
  expect(environment).toBeUndefined();
});
