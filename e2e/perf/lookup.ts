/**
 * The time from the click on "Check CP-IS" to the frame that shows the result. Beside it, of the same bytes in the empty
 * window: a bare fetch of the main process, and a click whose page asks the main process for them and paints a line, the
 * least that an application with a window can do. The service's own time is subtracted from all three.
 */
import type { ElectronApplication, Page } from 'playwright';
import type { CachedCpis } from '../doubles/cached-cpis.ts';
import type { Viewer } from '../driver/viewer-page.ts';
import { afterFrame, isThere, readTimes, watchFor } from './in-page.ts';

/** Milliseconds. The viewer shows "Find a patient" before and after. */
export async function timeLookup(viewer: Viewer, service: CachedCpis): Promise<number> {
  await viewer.find('child-protection');
  await viewer.chooseCare('scheduled');
  await viewer.page.evaluate(watchFor(isThere('.result--found')));
  // The viewer reads the history after the plans, so only the service's time for the plans is subtracted.
  const serviceMs = service.nextAnswerMs('CareTeam');
  await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
  const [pressedAt = 0, seenAt = 0] = await readTimes(viewer.page);
  await viewer.findAnother();
  return seenAt - pressedAt - (await serviceMs);
}

/** Milliseconds. */
export async function timeBareFetch(empty: ElectronApplication, service: CachedCpis): Promise<number> {
  const serviceMs = service.nextAnswerMs('CareTeam');
  const totalMs = await empty.evaluate(async ({ net }, url) => {
    const started = performance.now();
    await (await net.fetch(url)).text();
    return performance.now() - started;
  }, service.bareUrl('CareTeam'));
  return totalMs - (await serviceMs);
}

/** A window of the empty application whose page can ask the main process for the text at an address, and has a button that does. */
export async function openAskingWindow(empty: ElectronApplication): Promise<Page> {
  const opened = empty.waitForEvent('window');
  await empty.evaluate(({ app, BrowserWindow, ipcMain, net }) => {
    ipcMain.handle('ask', async (_event, address: string) => (await net.fetch(address)).text());
    const preload = `${app.getAppPath()}/ask.js`;
    const size = { width: 1_280, height: 720, useContentSize: true };
    return new BrowserWindow({ ...size, webPreferences: { preload } }).loadFile('index.html');
  });
  return opened;
}

/** Milliseconds. */
export async function timeBareAsk(page: Page, service: CachedCpis): Promise<number> {
  await page.evaluate(`{
    document.body.replaceChildren(document.createElement('button'));
    const [button] = document.body.children;
    button.append('Ask');
    window.measuredMs = new Promise((resolve) => {
      button.addEventListener('click', async ({ timeStamp }) => {
        const text = await window.ask(${JSON.stringify(service.bareUrl('CareTeam'))});
        document.body.append(text.length + ' characters');
        ${afterFrame}(() => resolve(performance.now() - timeStamp));
      });
    });
  }; undefined`);
  const serviceMs = service.nextAnswerMs('CareTeam');
  await page.getByRole('button', { name: 'Ask' }).click();
  return (await page.evaluate<number>('window.measuredMs')) - (await serviceMs);
}
