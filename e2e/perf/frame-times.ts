import type { Page } from 'playwright';

/** In a page: a promise of the moment, in milliseconds since the epoch, at which the next frame has been drawn. */
export const nextFrame = `new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.timeOrigin + performance.now());
  port2.postMessage(undefined);
}))`;

/** In a page: a promise of the moment of its first contentful paint. */
export const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint !== undefined) resolve(performance.timeOrigin + paint.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/**
 * In a page: a promise of the moments of the next click, and of the first frames behind a change in which each of
 * `shown` holds.
 */
export const frameTimes = (...shown: readonly string[]) => `(async () => {
  let pressedAt;
  const press = ({ timeStamp }) => { pressedAt = performance.timeOrigin + timeStamp; };
  document.addEventListener('click', press, { capture: true, once: true });
  const change = () => new Promise((done) => new MutationObserver((_, observer) => { observer.disconnect(); done(); })
    .observe(document, { subtree: true, childList: true, attributes: true }));
  const frames = [];
  await change();
  for (const holds of [${shown.map((expression) => `() => ${expression}`)}]) {
    while (!holds()) await change();
    frames.push(${nextFrame});
  }
  return [pressedAt, ...await Promise.all(frames)];
})()`;

/** Evaluates a promise of moments in a page, and resolves with them once `act` is over. */
export async function during(page: Page, promise: string, act: () => Promise<unknown>) {
  await page.evaluate(`void (window.moments = ${promise})`);
  await act();
  return page.evaluate<readonly number[]>('window.moments');
}

/** Milliseconds from a click on the button `name` to the first frames in which there is an element of each selector. */
export async function timePress(page: Page, name: string, ...selectors: readonly string[]) {
  const shown = selectors.map((selector) => `document.querySelector('${selector}')`);
  const press = () => page.getByRole('button', { name }).click();
  const [pressedAt = 0, ...shownAt] = await during(page, frameTimes(...shown), press);
  return shownAt.map((at) => at - pressedAt);
}
