/**
 * The time from the start of the process to the first contentful paint, and to an enabled button. The paint is read from the
 * page's performance entries two seconds later, so that nothing is attached during the start. An enabled button needs an
 * observer in the page. It is put there in separate runs, and the empty window's paint is observed likewise.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { watchFor } from './in-page.ts';
import { type MeasuredApp, makeProfile } from './measured-apps.ts';

const startLimitMs = 30_000;

const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint !== undefined) resolve(performance.timeOrigin + paint.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/** Milliseconds from the start of the process. `watched`: with an observer in the page, to compare `timeToButton` with. */
export async function timeToFirstPaint(app: MeasuredApp, watched?: 'watched'): Promise<number> {
  return (await timeStart(app, firstPaint, watched === undefined ? 2_000 : 0)) ?? Number.NaN;
}

/** Milliseconds to the first frame with the enabled button; `undefined` where it was there before the observer. */
export function timeToButton(app: MeasuredApp, name: string): Promise<number | undefined> {
  const stands = `[...document.querySelectorAll('button')].some((button) => !button.disabled &&
    button.getAttribute('aria-disabled') !== 'true' && button.textContent.trim() === ${JSON.stringify(name)})`;
  return timeStart(
    app,
    `${stands} ? 'too late' : (${watchFor(stands)}, window.seenAt.then((times) => times[1]))`,
    0,
  );
}

/** `expression`: the moment since the epoch, or a word where there is none. */
async function timeStart(app: MeasuredApp, expression: string, quietMs: number) {
  const profile = await makeProfile(app);
  const startedAt = performance.timeOrigin + performance.now();
  const args = ['--remote-debugging-port=0', `--user-data-dir=${path.join(profile, 'data')}`, ...app.args];
  const child = spawn(app.directory.electron, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(child, 'exit');
  try {
    const port = await devtoolsPort(child);
    await wait(quietMs);
    const at = await evaluateInPage(port, expression);
    return typeof at === 'number' ? at - startedAt : undefined;
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
async function evaluateInPage(port: string, expression: string): Promise<unknown> {
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
    return await new Promise<unknown>((resolve) => {
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
      socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).result?.result?.value);
      socket.onerror = () => resolve(undefined);
      socket.onclose = () => resolve(undefined);
    });
  } finally {
    socket.close();
  }
}
