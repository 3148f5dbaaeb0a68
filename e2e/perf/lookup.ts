/**
 * The time from the click on "Check CP-IS" to the frame that shows the result. Beside it, of the same bytes in the empty
 * window: a bare fetch of the main process, and a click whose page asks the main process for them and paints a line, the
 * least that an application with a window can do. The service's own time is subtracted from all three.
 */
import type { ElectronApplication, Page } from 'playwright';
import type { CachedCpis } from '../doubles/cached-cpis.ts';
import type { Viewer } from '../driver/viewer-page.ts';
import { isThere, readTimes, watchFor } from './in-page.ts';

const resource = 'CareTeam';

/** Milliseconds. The viewer shows "Find a patient" before and after. */
export async function timeLookup(viewer: Viewer, service: CachedCpis): Promise<number> {
  await viewer.find('child-protection');
  await viewer.chooseCare('scheduled');
  // The viewer reads the history after the plans, so only the service's time for the plans is subtracted.
  const ms = await timePress(viewer.page, 'Check CP-IS', '.result--found', service);
  await viewer.findAnother();
  return ms;
}

async function timePress(page: Page, button: string, shown: string, service: CachedCpis): Promise<number> {
  const serviceMs = service.nextAnswerMs(resource);
  await page.evaluate(watchFor(isThere(shown)));
  await page.getByRole('button', { name: button }).click();
  const [pressedAt = 0, shownAt = 0] = await readTimes(page);
  return shownAt - pressedAt - (await serviceMs);
}

/** How long the main process of an empty application takes for the same text, in milliseconds, without the service's time. */
export async function timeBareFetch(empty: ElectronApplication, service: CachedCpis): Promise<number> {
  const serviceMs = service.nextAnswerMs(resource);
  const totalMs = await empty.evaluate(async ({ net }, url) => {
    const started = performance.now();
    await (await net.fetch(url)).text();
    return performance.now() - started;
  }, service.bareUrl(resource));
  return totalMs - (await serviceMs);
}

/** A window of the empty application whose button has the page ask the main process for the service's answer. */
export async function openAskingWindow(empty: ElectronApplication, service: CachedCpis): Promise<Page> {
  const opened = empty.waitForEvent('window');
  await empty.evaluate(({ app, BrowserWindow, ipcMain, net }, address) => {
    ipcMain.handle('ask', async () => (await net.fetch(address)).text());
    const preload = `${app.getAppPath()}/ask.js`;
    const size = { width: 1_280, height: 720, useContentSize: true };
    return new BrowserWindow({ ...size, webPreferences: { preload } }).loadFile('ask.html');
  }, service.bareUrl(resource));
  return opened;
}

/** As `timeBareFetch`, from a press of the button of `openAskingWindow` until the text is shown. */
export const timeBareAsk = (page: Page, service: CachedCpis) => timePress(page, 'Ask', 'p', service);
