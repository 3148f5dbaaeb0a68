/**
 * Runs `hold-ready.cjs` in a packaged viewer before its own code. A package loads no module from outside; the fuse that lets
 * Playwright into the test flavour lets its inspector in too.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';

const targets = v.tuple([v.object({ webSocketDebuggerUrl: v.string() })]);
const paused = v.object({
  method: v.literal('Debugger.paused'),
  params: v.object({
    callFrames: v.tupleWithRest([v.object({ callFrameId: v.string() })], v.unknown()),
    hitBreakpoints: v.optional(v.array(v.string()), []),
  }),
});

/** For a viewer that was started with `--inspect-brk=<port>`. Resolves once it goes on; rejects where `signal` comes first. */
export async function holdPackage(port: number, signal: AbortSignal): Promise<void> {
  const code = await readFile(path.join(import.meta.dirname, 'hold-ready.cjs'), 'utf8');
  const socket = new WebSocket(await inspectorAddress(port, signal));
  let sent = 0;
  const send = (method: string, params = {}): void => {
    sent += 1;
    socket.send(JSON.stringify({ id: sent, method, params }));
  };
  await new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    socket.addEventListener('error', () =>
      reject(new Error('The inspector of the viewer cannot be reached')),
    );
    socket.addEventListener('open', () => {
      send('Debugger.enable');
      send('Debugger.setBreakpointByUrl', { lineNumber: 0, urlRegex: '/main\\.js$' });
      send('Runtime.runIfWaitingForDebugger');
    });
    socket.addEventListener('message', ({ data }) => {
      const stop = v.safeParse(paused, JSON.parse(String(data)));
      if (!stop.success) return;
      const { callFrames, hitBreakpoints } = stop.output.params;
      if (hitBreakpoints.length === 0) return send('Debugger.resume'); // before that, at Electron's own first line
      // With the `require` of the module that is about to run.
      const expression = `(() => {${code}})()`;
      send('Debugger.evaluateOnCallFrame', { callFrameId: callFrames[0].callFrameId, expression });
      send('Debugger.disable');
      resolve();
    });
  }).finally(() => socket.close());
}

async function inspectorAddress(port: number, signal: AbortSignal): Promise<string> {
  for (;;) {
    signal.throwIfAborted();
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
    if (answer?.ok) return v.parse(targets, await answer.json())[0].webSocketDebuggerUrl;
    await delay(20);
  }
}
