/**
 * From the making of the process to the first contentful paint, and to a button that can be pressed. The paint is read
 * from the page's own performance entries two seconds later: nothing is attached while the application starts. When the
 * button stands, only a watcher in the page can tell; it is put there as soon as there is a page, in runs of their own, and
 * in those the empty window's paint is watched in the same manner.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type MeasuredApp, makeProfile } from './measured-apps.ts';

const startLimitMs = 30_000;

export interface Start {
  /** From the making of the process to the moment that was asked for. */
  readonly ms: number;
  /** The watcher came after that moment: it tells nothing. */
  readonly tooLate: boolean;
}

export async function timeToFirstPaint(app: MeasuredApp): Promise<number> {
  const expression = `(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint === undefined ? Promise.reject(new Error('not painted')) : { at: performance.timeOrigin + paint.startTime, tooLate: false };
  })()`;
  return (await timeStart(app, expression, 2_000)).ms;
}

/** As `timeToFirstPaint`, with a watcher in the page: to compare `timeToButton` with. */
export function timeToWatchedPaint(app: MeasuredApp): Promise<Start> {
  const expression = `new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint !== undefined) resolve({ at: performance.timeOrigin + paint.startTime, tooLate: false });
    }).observe({ type: 'paint', buffered: true });
  })`;
  return timeStart(app, expression, 0);
}

/** Until the frame after the button has come, enabled, is on the screen. */
export function timeToButton(app: MeasuredApp, name: string): Promise<Start> {
  const expression = `new Promise((resolve) => {
    const stands = () => [...document.querySelectorAll('button')].some((button) => !button.disabled &&
      button.getAttribute('aria-disabled') !== 'true' && button.textContent.trim() === ${JSON.stringify(name)});
    const done = (tooLate) => resolve({ at: performance.timeOrigin + performance.now(), tooLate });
    if (stands()) return done(true);
    const observer = new MutationObserver(() => {
      if (!stands()) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(false);
        port2.postMessage(undefined);
      });
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  })`;
  return timeStart(app, expression, 0);
}

async function timeStart(app: MeasuredApp, expression: string, quietMs: number): Promise<Start> {
  const profile = await makeProfile(app);
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(
    app.directory.electron,
    ['--remote-debugging-port=0', `--user-data-dir=${path.join(profile, 'data')}`, ...app.args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = once(child, 'exit');
  try {
    const port = await devtoolsPort(child);
    await wait(quietMs);
    const { at, tooLate } = await evaluateInPage(port, expression);
    return { ms: at - startedAt, tooLate };
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

function devtoolsPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`No DevTools in time. ${output}`)), startLimitMs);
    child.stderr?.on('data', (chunk) => {
      output = (output + chunk).slice(-4_000);
      const port = /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
    child.once('exit', (code) => reject(new Error(`It ended at once (${code}). ${output}`)));
  });
}

/** A page that is just being loaded takes its watcher with it: it is put there again. */
async function evaluateInPage(port: string, expression: string): Promise<{ at: number; tooLate: boolean }> {
  for (const deadline = Date.now() + startLimitMs; Date.now() < deadline; await wait(5)) {
    const list = await fetch(`http://127.0.0.1:${port}/json/list`);
    const targets = (await list.json()) as { type: string; url: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank');
    const value = page === undefined ? undefined : await evaluate(page.webSocketDebuggerUrl, expression);
    if (value !== undefined) return value;
  }
  throw new Error('The page did not come in time.');
}

/** Chrome DevTools protocol, `Runtime.evaluate`; nothing when the page went away meanwhile. */
async function evaluate(address: string, expression: string) {
  const socket = new WebSocket(address);
  try {
    return await new Promise<{ at: number; tooLate: boolean } | undefined>((resolve) => {
      socket.onopen = () =>
        socket.send(
          JSON.stringify({
            id: 1,
            method: 'Runtime.evaluate',
            params: { expression, awaitPromise: true, returnByValue: true },
          }),
        );
      socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).result?.result?.value);
      socket.onerror = () => resolve(undefined);
      socket.onclose = () => resolve(undefined);
    });
  } finally {
    socket.close();
  }
}
