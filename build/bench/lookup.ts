/**
 * From pressing "Check CP-IS" to the result on the screen, beside a bare fetch of the same bytes from the main process
 * of the empty window: both against the same stand-in, and from both the time that it took itself is taken off.
 */
import type { ElectronApplication, Page } from 'playwright';
import { type LookupMoments, momentsOf } from './lookup-course.ts';
import type { SimulatorControl } from './simulator-control.ts';
import type { StandInService } from './stand-in-service.ts';
import { chooseCare, findAnother, findPatient, heading, pressCheck } from './user.ts';

/** From the click's own time to the frame after the heading has come. */
const watchForResult = `
  void (window.benchmarkedResult = new Promise((resolve) => {
    let pressedAt;
    document.addEventListener('click', (event) => { pressedAt = event.timeStamp; }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (document.querySelector('.result--found') === null) return;
      observer.disconnect();
      const committedAt = performance.now();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const since1970 = (time) => performance.timeOrigin + time;
          resolve({
            pressed: since1970(pressedAt),
            committed: since1970(committedAt),
            painted: since1970(performance.now()),
          });
        };
        port2.postMessage(undefined);
      });
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }))`;

export interface Lookup {
  /** Milliseconds to the frame with the result. */
  readonly painted: number;
  /** Milliseconds until the page had the result and waited for that frame. */
  readonly committed: number;
  readonly moments: LookupMoments;
}

type PageMoments = Pick<LookupMoments, 'pressed' | 'committed' | 'painted'>;

/** The viewer is at "Find a patient", and is again afterwards. */
export async function timeLookup(
  app: ElectronApplication,
  page: Page,
  simulator: SimulatorControl,
  service: StandInService,
): Promise<Lookup> {
  await findPatient(page, simulator.nhsNumber('child-protection'));
  await chooseCare(page, 'Scheduled');
  await page.evaluate(watchForResult);
  // The history is asked for once the plans are there: what counts is the service's time for the plans.
  const answered = service.answerTo('CareTeam');
  await pressCheck(page);
  const seen = await page.evaluate<PageMoments>('window.benchmarkedResult');
  const { arrived, left } = await answered;
  const moments = await momentsOf(app, { ...seen, arrivedAtService: arrived, leftService: left });
  await heading(page, 'CP-IS record found');
  await findAnother(page);
  const others = seen.pressed + (left - arrived);
  return { painted: seen.painted - others, committed: seen.committed - others, moments };
}

/** Milliseconds. */
export async function timeBareFetch(empty: ElectronApplication, service: StandInService): Promise<number> {
  const total = await empty.evaluate(async ({ net }, url) => {
    const started = performance.now();
    await (await net.fetch(url)).text();
    return performance.now() - started;
  }, service.repeatUrl('CareTeam'));
  return total - service.lastRepeatTook();
}
