import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../doubles/loopback-port.ts';
import { argsOf, type Bench, type MeasuredApp } from './apps.ts';
import { figures, inTurns, ratio } from './figures.ts';
import { frameTimes } from './frame-times.ts';

const startLimitMs = 30_000;

const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint !== undefined) resolve(performance.timeOrigin + paint.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/**
 * The time from the start of the process to the first contentful paint, and to an enabled button. The paint is read from the
 * page's performance entries two seconds later, so that nothing is attached during the start. An enabled button needs an
 * observer in the page. It is put there in separate runs, and the empty window's paint is observed likewise. The first start of
 * each warms the file cache.
 */
export async function measureStart({ viewer, empty, template, rounds }: Bench) {
  const [paints, floor, templates, watched, usable] = await inTurns('start', rounds(3, 15), 1, {
    viewer: () => timeToFirstPaint(viewer),
    empty: () => timeToFirstPaint(empty),
    template: () => timeToFirstPaint(template),
    'empty, watched': () => timeToFirstPaint(empty, 'watched'),
    button: () => timeToButton(viewer, 'Sign in with Care Identity'),
  });
  return [
    ratio(figures.paint, 'ms', [paints, floor]),
    ratio(figures.paintOfTemplate, 'ms', [paints, templates]),
    ratio(figures.signInUsable, 'ms', [usable, watched]),
  ];
}

/** Milliseconds from the start of the process. `watched`: with an observer in the page, to compare `timeToButton` with. */
function timeToFirstPaint(app: MeasuredApp, watched?: 'watched'): Promise<number> {
  return timeStart(app, firstPaint, watched === undefined ? 2_000 : 0);
}

/** Milliseconds to the first frame with the enabled button; not a number where it was there before the observer. */
function timeToButton(app: MeasuredApp, name: string): Promise<number> {
  const stands = `[...document.querySelectorAll('button')].some((button) => !button.disabled &&
    button.getAttribute('aria-disabled') !== 'true' && button.textContent.trim() === ${JSON.stringify(name)})`;
  return timeStart(app, `${stands} ? 'too late' : ${frameTimes(stands)}.then((times) => times[1])`, 0);
}

/** `expression`: the moment since the epoch, or a word where there is none. It is evaluated again where a navigation ends it. */
async function timeStart(app: MeasuredApp, expression: string, quietMs: number): Promise<number> {
  const port = await freePort();
  const startedAt = performance.timeOrigin + performance.now();
  const args = [`--remote-debugging-port=${port}`, ...argsOf(app)];
  const child = spawn(app.directory.electron, args, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  try {
    await wait(quietMs);
    for (const deadline = Date.now() + startLimitMs; Date.now() < deadline; await wait(5)) {
      const at = await evaluate(port, expression);
      if (at !== undefined) return Number(at) - startedAt;
    }
    throw new Error('The page did not come in time.');
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
}

/** In the page, by the Chrome DevTools protocol. `undefined` where it is not there yet, or was closed or navigated. */
async function evaluate(port: number, expression: string): Promise<unknown> {
  const list = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
  const targets: { type: string; url: string; webSocketDebuggerUrl: string }[] = (await list?.json()) ?? [];
  const page = targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank');
  if (page === undefined) return undefined;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  const params = { expression, awaitPromise: true, returnByValue: true };
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  const value = new Promise<unknown>((resolve) => {
    socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)).result?.result?.value);
    socket.onclose = () => resolve(undefined);
  });
  return value.finally(() => socket.close());
}
