/**
 * The time from the click on "Check CP-IS" to the frame that shows the result, and that of a bare fetch of the same bytes
 * from the main process of the empty window. The service's own time is subtracted from both.
 */
import type { ElectronApplication } from 'playwright';
import type { CachedCpis } from '../doubles/cached-cpis.ts';
import type { Viewer } from '../driver/viewer-page.ts';

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

/** Milliseconds. The viewer shows "Find a patient" before and after. */
export async function timeLookup(viewer: Viewer, service: CachedCpis): Promise<number> {
  await viewer.find('child-protection');
  await viewer.chooseCare('scheduled');
  await viewer.page.evaluate(watchForResult);
  // The viewer reads the history after the plans, so only the service's time for the plans is subtracted.
  const serviceMs = service.nextAnswerMs('CareTeam');
  await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
  const seenMs = await viewer.page.evaluate<number>('window.measuredMs');
  await viewer.findAnother();
  return seenMs - (await serviceMs);
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
