/**
 * The time from the start of the process to the first contentful paint, and to an enabled button. The paint is read from the
 * page's performance entries two seconds later, so that nothing is attached during the start. An enabled button needs an
 * observer in the page. It is put there in separate runs, and the empty window's paint is observed likewise.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterFrame } from './in-page.ts';
import { type MeasuredApp, makeProfile } from './measured-apps.ts';

const startLimitMs = 30_000;

export interface Start {
  /** From the start of the process to the event. */
  readonly ms: number;
  /** The observer came after the event: `ms` says nothing. */
  readonly tooLate: boolean;
}

export async function timeToFirstPaint(app: MeasuredApp): Promise<number> {
  const expression = `(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint === undefined ? Promise.reject(new Error('not painted')) : { at: performance.timeOrigin + paint.startTime, tooLate: false };
  })()`;
  return (await timeStart(app, expression, 2_000)).ms;
}

/** As `timeToFirstPaint`, with an observer in the page: to compare `timeToButton` with. */
export function timeToWatchedPaint(app: MeasuredApp): Promise<Start> {
  const expression = `new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint !== undefined) resolve({ at: performance.timeOrigin + paint.startTime, tooLate: false });
    }).observe({ type: 'paint', buffered: true });
  })`;
  return timeStart(app, expression, 0);
}

/** To the first frame with the enabled button. */
export function timeToButton(app: MeasuredApp, name: string): Promise<Start> {
  const expression = `new Promise((resolve) => {
    const stands = () => [...document.querySelectorAll('button')].some((button) => !button.disabled &&
      button.getAttribute('aria-disabled') !== 'true' && button.textContent.trim() === ${JSON.stringify(name)});
    const done = (tooLate) => resolve({ at: performance.timeOrigin + performance.now(), tooLate });
    if (stands()) return done(true);
    const observer = new MutationObserver(() => {
      if (!stands()) return;
      observer.disconnect();
      ${afterFrame}(() => done(false));
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  })`;
  return timeStart(app, expression, 0);
}

async function timeStart(app: MeasuredApp, expression: string, quietMs: number): Promise<Start> {
  const profile = await makeProfile(app);
  const startedAt = performance.timeOrigin + performance.now();
  const args = ['--remote-debugging-port=0', `--user-data-dir=${path.join(profile, 'data')}`, ...app.args];
  const child = spawn(app.directory.electron, args, { stdio: ['ignore', 'ignore', 'pipe'] });
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

/** Puts the expression into the page again where a navigation has removed it. */
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

/** Chrome DevTools protocol, `Runtime.evaluate`; `undefined` where the page was closed or navigated. */
async function evaluate(address: string, expression: string) {
  const socket = new WebSocket(address);
  const params = { expression, awaitPromise: true, returnByValue: true };
  try {
    return await new Promise<{ at: number; tooLate: boolean } | undefined>((resolve) => {
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
      socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).result?.result?.value);
      socket.onerror = () => resolve(undefined);
      socket.onclose = () => resolve(undefined);
    });
  } finally {
    socket.close();
  }
}
