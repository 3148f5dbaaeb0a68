import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../doubles/loopback.ts';
import { argsOf, type Bench } from './apps.ts';
import { inTurns, ratio } from './figures.ts';
import { firstPaint, frameTimes } from './frame-times.ts';

const usable = `[...document.querySelectorAll('button')].some((button) => !button.disabled &&
  button.getAttribute('aria-disabled') !== 'true' && button.textContent.trim() === 'Sign in with Care Identity')`;
/** Not a number where the button was there before the observer. */
const firstUsable = `${usable} ? 'too late' : ${frameTimes(usable)}.then((times) => times[1])`;

/**
 * From the start of the process to the first contentful paint, read two seconds later so that nothing is attached during the start;
 * and to an enabled button, for which an observer is in the page, as for the paint of the empty window that it is compared with.
 * The first start of each warms the file cache.
 */
export async function measureStart({ viewer, empty, template, rounds }: Bench) {
  const [paints, floor, templates, watched, buttons] = await inTurns('start', rounds(3, 15), 1, {
    viewer: () => timeStart(viewer, firstPaint, 2_000),
    empty: () => timeStart(empty, firstPaint, 2_000),
    template: () => timeStart(template, firstPaint, 2_000),
    'empty, watched': () => timeStart(empty, firstPaint, 0),
    button: () => timeStart(viewer, firstUsable, 0),
  });
  return [
    ratio('cold start to first paint ÷ empty window', 0.95, 'ms', [paints, floor]),
    ratio('cold start to first paint ÷ template', 1, 'ms', [paints, templates]),
    ratio('cold start to Sign in usable ÷ empty window', 1.1, 'ms', [buttons, watched]),
  ];
}

/** Milliseconds to the moment that `expression` gives in the page; evaluated again where a navigation ends it. */
async function timeStart(app: Bench['viewer'], expression: string, quietMs: number): Promise<number> {
  const port = await freePort();
  const startedAt = performance.timeOrigin + performance.now();
  const args = [`--remote-debugging-port=${port}`, ...argsOf(app)];
  const child = spawn(app.directory.electron, args, { stdio: 'ignore' });
  const gone = once(child, 'exit');
  try {
    await wait(quietMs);
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await wait(5)) {
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
