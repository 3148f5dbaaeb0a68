/** One start of a packaged application, as an ordinary user, on a fresh profile, with nothing attached to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type UnprivilegedUser, unprivilegedUser } from '../../e2e/driver/unprivileged-user.ts';
import { connectDevtools, type Devtools } from './devtools.ts';

export interface Ground {
  /** Anyone may make a folder here. */
  readonly profiles: string;
  readonly display: Readonly<Record<string, string>>;
}

export interface StartedApp {
  readonly id: number;
  /** When its process was made. Milliseconds since the epoch, with fractions. */
  readonly startedAt: number;
  /** The address of the browser's own DevTools. */
  readonly devtoolsAddress: string;
  /** DevTools of its page. */
  openPage(): Promise<Devtools>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly executable: string;
  readonly args?: readonly string[];
  /** A folder to start on again. Without one the app starts on a new one, which is removed at the end. */
  readonly home?: string;
}

const startLimit = 30_000;

export async function startApp(
  ground: Ground,
  { executable, args = [], home }: StartOptions,
): Promise<StartedApp> {
  const user = await unprivilegedUser();
  const place = home ?? (await makeHome(ground, user));
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(
    executable,
    ['--remote-debugging-port=0', `--user-data-dir=${path.join(place, 'data')}`, ...args],
    {
      cwd: place,
      // As e2e/driver/electron-command.ts has it: nothing of the caller's session but the display.
      env: {
        PATH: '/usr/bin:/bin',
        HOME: place,
        XDG_RUNTIME_DIR: path.join(place, 'runtime'),
        ...ground.display,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    },
  );
  const gone = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(hard);
    if (home === undefined) await rm(place, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const devtoolsAddress = await readDevtoolsAddress(child);
    return {
      id: child.pid ?? 0,
      startedAt,
      devtoolsAddress,
      openPage: async () => connectDevtools(await pageAddress(devtoolsAddress)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function makeHome({ profiles }: Ground, user: UnprivilegedUser | undefined): Promise<string> {
  const home = await mkdtemp(path.join(profiles, 'run-'));
  const runtime = path.join(home, 'runtime');
  await mkdir(runtime);
  for (const folder of [home, runtime]) {
    await chmod(folder, 0o700);
    if (user !== undefined) await chown(folder, user.uid, user.gid);
  }
  return home;
}

function readDevtoolsAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let words = '';
    const tooLong = setTimeout(() => reject(new Error(`No DevTools in time. ${words}`)), startLimit);
    child.stderr?.on('data', (chunk) => {
      words = (words + chunk).slice(-4_000);
      const address = /DevTools listening on (ws:\/\/\S+)/.exec(words)?.[1];
      if (address === undefined) return;
      clearTimeout(tooLong);
      resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended at once (${code}). ${words}`)));
  });
}

async function pageAddress(browser: string): Promise<string> {
  const list = new URL('/json/list', browser.replace('ws:', 'http:'));
  for (const deadline = Date.now() + startLimit; Date.now() < deadline; await wait(100)) {
    const targets = (await (await fetch(list)).json()) as { type: string; webSocketDebuggerUrl: string }[];
    const page = targets.find(({ type }) => type === 'page');
    if (page !== undefined) return page.webSocketDebuggerUrl;
  }
  throw new Error('No page appeared.');
}
