/**
 * How an access history of many entries is read: how long the reply takes the viewer, and for how long at a time its
 * main process, which also passes on every key and click, or its page cannot do anything else.
 */
import { randomUUID } from 'node:crypto';
import type { ElectronApplication, Page } from 'playwright';
import type { SimulatorControl } from './simulator-control.ts';
import type { StandInService } from './stand-in-service.ts';
import { spreadOf } from './statistics.ts';
import { chooseCare, findAnother, findPatient, heading, pressCheck } from './user.ts';

export interface Mapping {
  readonly entries: number;
  /** Milliseconds of the main process's own work, beyond a bare fetch of the same bytes. */
  readonly work: number;
  /** The longest that the main process, and the page, did nothing but this. Milliseconds. */
  readonly blockedMain: number;
  readonly blockedPage: number;
}

interface Entry {
  readonly search: { readonly mode: string };
  readonly resource: { readonly id: string };
}

interface Searchset {
  readonly entry: readonly Entry[];
}

/** The viewer is at "Find a patient", and is again afterwards. */
export async function timeMapping(
  app: ElectronApplication,
  empty: ElectronApplication,
  simulator: SimulatorControl,
  service: StandInService,
  entries: number,
  runs: number,
): Promise<Mapping> {
  const page = await app.firstWindow();
  service.change('AuditEvent', (body) => multiply(body as Searchset, entries));
  const works: number[] = [];
  const main: number[] = [];
  const pages: number[] = [];
  // The first only warms up.
  for (let run = -1; run < runs; run += 1) {
    const once = await readOnce(app, page, simulator);
    const bare = await bareRead(empty, service.repeatUrl('AuditEvent'));
    if (run < 0) continue;
    works.push(once.processor - bare);
    main.push(once.blockedMain);
    pages.push(once.blockedPage);
  }
  return {
    entries,
    work: spreadOf(works).median,
    blockedMain: spreadOf(main).median,
    blockedPage: spreadOf(pages).median,
  };
}

async function readOnce(app: ElectronApplication, page: Page, simulator: SimulatorControl) {
  await findPatient(page, simulator.nhsNumber('child-protection'));
  await chooseCare(page, 'Scheduled');
  await page.evaluate(`
    window.longestTask = 0;
    window.longTasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask, duration);
    });
    window.longTasks.observe({ type: 'longtask' })`);
  await app.evaluate(() => {
    const watched = {
      longest: 0,
      last: performance.now(),
      timer: undefined as unknown,
      cpu: process.cpuUsage(),
    };
    watched.timer = setInterval(() => {
      const now = performance.now();
      // A turn comes every millisecond or two where nothing is in its way.
      watched.longest = Math.max(watched.longest, now - watched.last);
      watched.last = now;
    }, 1);
    Object.assign(globalThis, { watched });
  });
  await pressCheck(page);
  await heading(page, 'CP-IS record found');
  await page.locator('.table--history tbody tr').first().waitFor({ timeout: 60_000 });
  const { blockedMain, processor } = await app.evaluate(() => {
    const { watched } = globalThis as unknown as {
      watched: { longest: number; timer: NodeJS.Timeout; cpu: NodeJS.CpuUsage };
    };
    clearInterval(watched.timer);
    const { user, system } = process.cpuUsage(watched.cpu);
    return { blockedMain: watched.longest, processor: (user + system) / 1_000 };
  });
  const blockedPage = await page.evaluate<number>(`
    new Promise((resolve) => setTimeout(() => { window.longTasks.disconnect(); resolve(window.longestTask); }, 100))`);
  await findAnother(page);
  return { blockedMain, blockedPage, processor };
}

/** Processor time of fetching the same bytes and doing nothing with them. */
function bareRead(empty: ElectronApplication, url: string): Promise<number> {
  return empty.evaluate(async ({ net }, address) => {
    const before = process.cpuUsage();
    await (await net.fetch(address)).text();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  }, url);
}

/** The same entries again and again under new ids, each match with the includes that it came with. */
function multiply(body: Searchset, entries: number): unknown {
  const matches = body.entry.filter(({ search }) => search.mode === 'match');
  const includes = body.entry.filter(({ search }) => search.mode !== 'match');
  const many = Array.from({ length: entries }, (_, index) => {
    const { resource, ...rest } = matches[index % matches.length] as Entry;
    return { ...rest, resource: { ...resource, id: randomUUID() } };
  });
  return { ...body, total: entries, entry: [...many, ...includes] };
}
