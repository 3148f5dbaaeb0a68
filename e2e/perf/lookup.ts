import { spawn } from 'node:child_process';
import { quit } from '../driver/quit.ts';
import { type Bench, openApp, openViewer } from './apps.ts';
import { inTurns, type Measured, ratio } from './figures.ts';
import { timePress } from './frame-times.ts';

/**
 * From the click on "Check CP-IS" to the frame that shows the result, less the service's own time; also with one core kept busy.
 * Beside it, of the same bytes: a bare fetch of the empty window's main process, and a click whose page asks that for them and
 * paints a line, the least that an application with a window can do.
 */
export async function measureLookup({ simulator, service, rounds, ...apps }: Bench) {
  const viewer = await openViewer(apps.viewer, simulator);
  const empty = await openApp(apps.empty);
  const opened = empty.waitForEvent('window');
  const address = service.bareUrl('CareTeam');
  await empty.evaluate(({ app, BrowserWindow, ipcMain, net }, url) => {
    ipcMain.handle('ask', async () => (await net.fetch(url)).text());
    const preload = `${app.getAppPath()}/ask.js`;
    const size = { width: 1_280, height: 720, useContentSize: true };
    return new BrowserWindow({ ...size, webPreferences: { preload } }).loadFile('ask.html');
  }, address);
  const asking = await opened;
  await viewer.signIn();

  /** The viewer reads the history after the plans, so only the service's time for the plans is subtracted. */
  const lessService = async (act: () => Promise<readonly number[]>) => {
    const serviceMs = service.nextAnswerMs('CareTeam');
    const [ms = Number.NaN] = await act();
    return ms - (await serviceMs);
  };
  const check = async () => {
    await viewer.find('child-protection');
    await viewer.chooseCare('scheduled');
    const ms = await lessService(() => timePress(viewer.page, 'Check CP-IS', '.result--found'));
    await viewer.findAnother();
    return ms;
  };
  const fetchBare = () =>
    empty.evaluate(async ({ net }, url) => {
      const started = performance.now();
      await (await net.fetch(url)).text();
      return [performance.now() - started];
    }, address);

  const figures: Measured[] = [];
  for (const load of ['', ', one core busy']) {
    const busy = load === '' ? undefined : spawn(process.execPath, ['--eval', 'for (;;);']);
    const [painted, asked, fetched] = await inTurns(`lookup${load}`, rounds(8, 40), 3, {
      painted: check,
      asked: () => lessService(() => timePress(asking, 'Ask', 'p')),
      fetched: () => lessService(fetchBare),
    });
    busy?.kill();
    const shown = 'Check CP-IS to result painted ÷';
    figures.push(
      ratio(`${shown} empty window's page${load}`, 1.5, 'ms', [painted, asked]),
      ratio(`${shown} empty window's page${load}, 95th of 100`, 1.5, 'ms', [painted, asked], 0.95),
      ratio(`${shown} bare fetch${load}`, 1.5, 'ms', [painted, fetched]),
    );
  }
  await quit(viewer.app);
  await quit(empty);
  return figures;
}
