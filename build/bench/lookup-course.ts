/**
 * The course of a lookup: where the time from the press to the painted result goes. Read on one clock, milliseconds
 * since 1970, from probes in the page, in the main process and in the service; the viewer itself is as it is.
 */
import type { ElectronApplication } from 'playwright';
import { spreadOf } from './statistics.ts';

/** When each thing happened. Milliseconds since 1970, with their fractions. */
export interface LookupMoments {
  readonly pressed: number;
  /** The main process has the request. */
  readonly asked: number;
  /** The trail is being written, and is on the disk. */
  readonly trailBegun: number;
  readonly trailDone: number;
  readonly arrivedAtService: number;
  readonly leftService: number;
  /** The main process has its answer for the page. */
  readonly answered: number;
  /** The page has the result in its document. */
  readonly committed: number;
  readonly painted: number;
}

const sections: readonly (readonly [string, keyof LookupMoments, keyof LookupMoments])[] = [
  ['press to main process', 'pressed', 'asked'],
  ['main process to trail', 'asked', 'trailBegun'],
  ['trail to the disk', 'trailBegun', 'trailDone'],
  ['request to the service', 'trailDone', 'arrivedAtService'],
  ['the service itself', 'arrivedAtService', 'leftService'],
  ['answer read and mapped', 'leftService', 'answered'],
  ['result to the page, drawn', 'answered', 'committed'],
  ['wait for the frame', 'committed', 'painted'],
];

/** The median of each section, one line a section. */
export function describeCourse(lookups: readonly LookupMoments[]): readonly string[] {
  return sections.map(([name, from, to]) => {
    const { median, least, most } = spreadOf(lookups.map((moments) => moments[to] - moments[from]));
    return `${name.padEnd(28)}${median.toFixed(1).padStart(6)} ms  (${least.toFixed(1)}–${most.toFixed(1)})`;
  });
}

/** The files that the main process closed, one after the other: the trail is on the disk with the last before the question. */
type MainMoments = Pick<LookupMoments, 'asked' | 'trailBegun' | 'answered'> & {
  readonly closed: readonly number[];
};

/** Puts the probes in. Once, before the first lookup. */
export async function watchMainProcess(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ ipcMain }) => {
    const now = () => performance.timeOrigin + performance.now();
    const moments = { asked: 0, trailBegun: 0, answered: 0, closed: [] as number[] };
    Object.assign(globalThis, { lookupMoments: moments });
    type Handler = (...parameters: unknown[]) => Promise<unknown>;
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> };
    const check = handlers.get('cpis.check');
    if (check === undefined) throw new Error('Nobody answers cpis.check.');
    handlers.set('cpis.check', async (...parameters) => {
      Object.assign(moments, { asked: now(), trailBegun: 0, closed: [] });
      try {
        return await check(...parameters);
      } finally {
        moments.answered = now();
      }
    });
    const load = process.mainModule?.require.bind(process.mainModule) as NodeJS.Require;
    const files = load('node:fs/promises') as { open: typeof import('node:fs/promises').open };
    const { open } = files;
    files.open = async (...parameters) => {
      if (moments.trailBegun === 0) moments.trailBegun = now();
      const handle = await open(...parameters);
      const close = handle.close.bind(handle);
      handle.close = async () => {
        await close();
        moments.closed.push(now());
      };
      return handle;
    };
  });
}

type Outside = Pick<LookupMoments, 'pressed' | 'arrivedAtService' | 'leftService' | 'committed' | 'painted'>;

/** What the main process saw of the last lookup, put together with what was seen outside. */
export async function momentsOf(app: ElectronApplication, outside: Outside): Promise<LookupMoments> {
  const { closed, ...main } = await app.evaluate(
    () => (globalThis as unknown as { lookupMoments: MainMoments }).lookupMoments,
  );
  const trailDone = closed.findLast((moment) => moment <= outside.arrivedAtService) ?? main.trailBegun;
  return { ...main, ...outside, trailDone };
}
