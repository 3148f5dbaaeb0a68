/** Scripts that note times in the page that is measured. */
import type { Page } from 'playwright';

/** In a page: calls `done` when the next frame has been drawn. */
export const afterFrame = `((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(undefined);
}))`;

/**
 * Puts a promise into the page, `window.seenAt`, of milliseconds since the epoch: of the next click, and of the first frames in
 * which the expressions of `shown` hold, one after the other.
 */
export function watchFor(...shown: readonly string[]): string {
  return `void (window.seenAt = new Promise((resolve) => {
    const times = [];
    const shown = [${shown.map((expression) => `() => ${expression}`).join()}];
    document.addEventListener('click', ({ timeStamp }) => { times[0] = performance.timeOrigin + timeStamp; }, { capture: true, once: true });
    let next = 0;
    const observer = new MutationObserver(() => {
      while (next < shown.length && shown[next]()) {
        next += 1;
        const place = next;
        if (place === shown.length) observer.disconnect();
        ${afterFrame}(() => {
          times[place] = performance.timeOrigin + performance.now();
          if (place === shown.length) resolve(times);
        });
      }
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }))`;
}

/** An expression of `watchFor`: there is an element. */
export const isThere = (selector: string) => `document.querySelector(${JSON.stringify(selector)}) !== null`;

/** What `watchFor` has noted, once the last frame has come. */
export const readTimes = (page: Page): Promise<readonly number[]> => page.evaluate('window.seenAt');
