/**
 * From pressing "Check CP-IS" to the frame that shows the result, beside a bare fetch of the same bytes from the main
 * process of the empty window. From both the time that the service took is taken off.
 */
import type { ElectronApplication } from 'playwright';
import type { Viewer } from '../driver/viewer-page.ts';
import type { StandInService } from './stand-in-service.ts';

/** From the click's own time to the frame after the heading has come. */
const watchForResult = `
  void (window.measuredMs = new Promise((resolve) => {
    let pressedAt;
    document.addEventListener('click', (event) => { pressedAt = event.timeStamp; }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (document.querySelector('.result--found') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - pressedAt);
        port2.postMessage(undefined);
      });
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }))`;

/** Milliseconds. The viewer is at "Find a patient", and is again afterwards. */
export async function timeLookup(viewer: Viewer, service: StandInService): Promise<number> {
  await viewer.find('child-protection');
  await viewer.chooseCare('scheduled');
  await viewer.page.evaluate(watchForResult);
  // The history is asked for once the plans are there: what counts is the service's time for the plans.
  const serviceMs = service.tookMs('CareTeam');
  await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
  const seenMs = await viewer.page.evaluate<number>('window.measuredMs');
  await viewer.findAnother();
  return seenMs - (await serviceMs);
}

/** Milliseconds. */
export async function timeBareFetch(empty: ElectronApplication, service: StandInService): Promise<number> {
  const serviceMs = service.tookMs('CareTeam');
  const totalMs = await empty.evaluate(async ({ net }, url) => {
    const started = performance.now();
    await (await net.fetch(url)).text();
    return performance.now() - started;
  }, service.bareUrl('CareTeam'));
  return totalMs - (await serviceMs);
}
