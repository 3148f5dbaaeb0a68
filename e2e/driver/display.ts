/** A display for the windows: the user's, or an invisible one (Xvfb) for this run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

export interface Display {
  /** What a program needs in its environment to open its windows here. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Whether the user can see windows: always, but on Linux without X and Wayland. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);
}

/** On other systems than Linux there is none, and the windows open on the user's screen. */
export async function openInvisibleDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { env: {}, close: async () => {} };
  // Should this process be killed, the kernel ends the display with it.
  const screen = ['-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'];
  const server = spawn('setpriv', ['--pdeathsig=TERM', 'Xvfb', '-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    // Out of the terminal's reach: Ctrl-C must close the windows first and the display after them.
    detached: true,
  });
  const number = await displayNumber(server);
  return {
    // A Wayland session next to it would draw the windows to itself.
    env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '', XAUTHORITY: '' },
    close: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    },
  };
}

function displayNumber(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    server.stderr?.on('data', (chunk) => {
      words += chunk;
    });
    const report = server.stdio[3] as Readable;
    let number = '';
    report.on('data', (chunk) => {
      number += chunk;
      if (number.endsWith('\n')) resolve(number.trim());
    });
    server.once('error', (error) => reject(new Error(`Xvfb could not be started: ${error.message}`)));
    server.once('exit', (code) => reject(new Error(`Xvfb ended at once (${code}). ${words.trim()}`)));
  });
}
