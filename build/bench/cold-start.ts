/**
 * From the making of the process to the first contentful paint, and to a button that can be pressed.
 *
 * The paint is read from the page's own performance entries once everything is quiet: nothing is attached while the app
 * starts. When the button stands, only a watcher in the page can tell; it is put there as soon as there is a page, in
 * runs of their own, and in those the empty window is watched in the same manner.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { connectDevtools, evaluate } from './devtools.ts';
import { type Ground, type StartedApp, type StartOptions, startApp } from './started-app.ts';

const quietAfter = 2_000;

const firstPaint = `
  (() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint === undefined ? undefined : performance.timeOrigin + paint.startTime;
  })()`;

/** Milliseconds. */
export async function timeToFirstPaint(ground: Ground, options: StartOptions): Promise<number> {
  const app = await startApp(ground, options);
  try {
    await wait(quietAfter);
    const devtools = await app.openPage();
    const paintedAt = await evaluate<number | undefined>(devtools, firstPaint);
    devtools.close();
    if (paintedAt === undefined) throw new Error('The page has not painted.');
    return paintedAt - app.startedAt;
  } finally {
    await app.stop();
  }
}

/** Milliseconds; nothing when the watcher came too late to see it happen. */
export async function timeUntil(
  ground: Ground,
  options: StartOptions,
  what: 'painted' | { readonly button: string },
): Promise<number | undefined> {
  const app = await startApp(ground, options);
  try {
    const reached = await watch(app, what === 'painted' ? paintWatcher : buttonWatcher(what.button));
    return reached.tooLate ? undefined : reached.at - app.startedAt;
  } finally {
    await app.stop();
  }
}

interface Reached {
  readonly at: number;
  readonly tooLate: boolean;
}

async function watch(app: StartedApp, watcher: string): Promise<Reached> {
  const devtools = await connectDevtools(app.devtoolsAddress);
  const reached = new Promise<Reached>((resolve, reject) => {
    setTimeout(() => reject(new Error('It was not seen in time.')), 20_000).unref();
    devtools.onEvent(({ method, params }) => {
      const { sessionId, targetInfo } = params;
      if (method !== 'Target.attachedToTarget' || targetInfo?.type !== 'page' || sessionId === undefined)
        return;
      void again(async () => resolve(await evaluate<Reached>(devtools, watcher, sessionId)));
    });
  });
  await devtools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
  });
  try {
    return await reached;
  } finally {
    devtools.close();
  }
}

/** A page that is just being loaded takes its watcher with it. */
async function again(attempt: () => Promise<void>): Promise<void> {
  for (let count = 0; count < 50; count += 1) {
    try {
      return await attempt();
    } catch {
      await wait(2);
    }
  }
}

const paintWatcher = `
  new Promise((resolve, reject) => {
    if (location.href === 'about:blank') return reject(new Error('not yet'));
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint !== undefined) resolve({ at: performance.timeOrigin + paint.startTime, tooLate: false });
    }).observe({ type: 'paint', buffered: true });
  })`;

/** Until the frame after the button has come, enabled, is on the screen. */
function buttonWatcher(name: string): string {
  return `
    new Promise((resolve, reject) => {
      if (location.href === 'about:blank') return reject(new Error('not yet'));
      const stands = () => [...document.querySelectorAll('button')].some((button) =>
        !button.disabled && button.getAttribute('aria-disabled') !== 'true' &&
        button.textContent.trim() === ${JSON.stringify(name)});
      const done = (tooLate) => resolve({ at: performance.timeOrigin + performance.now(), tooLate });
      if (stands()) return done(true);
      const afterNextPaint = () => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(false);
        port2.postMessage(undefined);
      });
      const observer = new MutationObserver(() => {
        if (!stands()) return;
        observer.disconnect();
        afterNextPaint();
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    })`;
}
