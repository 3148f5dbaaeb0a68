/** The one way in which Playwright starts a viewer, or another Electron application: tests, pictures and measurements. */
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication, errors } from 'playwright';
import { freePort } from '../doubles/loopback.ts';
import { holdPackage } from './hold-package.ts';

export interface LaunchCommand {
  readonly executable: string;
  /** Electron's own arguments, and those of the application. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the arguments load `hold-ready.cjs`; a package takes no module from outside. */
  readonly isPackage: boolean;
  /** Prepares the profile; called before each start. */
  readonly prepare?: () => Promise<void>;
}

const mostStarts = 4;
const attachTimeoutMs = 20_000;

/**
 * Playwright waits for ever when it attaches to a window at the moment in which that changes to its first page, so each start
 * is held until Playwright has attached (`hold-ready.cjs`). A start that it missed all the same is made again, three times at
 * most, and each as if it were the first.
 */
export async function launchElectron(command: LaunchCommand): Promise<ElectronApplication> {
  for (let start = 1; ; start += 1) {
    await command.prepare?.();
    const port = command.isPackage ? await freePort() : undefined;
    const held = new AbortController();
    try {
      const launched = _electron.launch({
        executablePath: command.executable,
        args: [...(port === undefined ? [] : [`--inspect-brk=${port}`]), ...command.args],
        env: { ...definedVariables(), ...command.env },
        // Playwright would otherwise turn it off, and no viewer is ever tried without it.
        chromiumSandbox: true,
        timeout: attachTimeoutMs,
      });
      if (port !== undefined) void holdPackage(port, held.signal).catch(() => undefined);
      const app = await launched;
      keepResults(app);
      return app;
    } catch (error) {
      if (start === mostStarts || !(error instanceof errors.TimeoutError)) throw error;
      process.stderr.write('Playwright missed the start of a viewer, which is started again.\n');
    } finally {
      held.abort();
    }
  }
}

/**
 * V8 now and then loses the result of an `evaluate` in the main process, even one that is there at once: 1 of 17,000 on a busy
 * machine. The main process keeps the last result, until the next call, so that it can be asked for again. The function is
 * called once.
 */
function keepResults(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app);
  let calls = 0;
  Object.assign(app, {
    async evaluate(run: unknown, argument: unknown): Promise<unknown> {
      calls += 1;
      const call = calls;
      try {
        return await evaluate(callAndKeep, { code: String(run), argument, call });
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('garbage collected')) throw error;
        const kept = await evaluate(async (_electron, of) => {
          const last: unknown = Reflect.get(globalThis, 'lastEvaluated');
          const isKept = typeof last === 'object' && last !== null && Reflect.get(last, 'call') === of;
          return isKept ? { result: await Reflect.get(last, 'result') } : undefined;
        }, call);
        if (kept === undefined) throw error;
        return kept.result;
      }
    },
  });
}

/** Runs in the main process. A heap that the function writes has no earlier result in it. */
function callAndKeep(
  electron: unknown,
  { code, argument, call }: { readonly code: string; readonly argument: unknown; readonly call: number },
): unknown {
  Reflect.deleteProperty(globalThis, 'lastEvaluated');
  // biome-ignore lint/security/noGlobalEval: as Playwright itself has a function run there
  const result: unknown = globalThis.eval(`(${code})`)(electron, argument);
  Object.assign(globalThis, { lastEvaluated: { call, result } });
  return result;
}

/**
 * Electron's arguments that load CommonJS files before the application's own code, `hold-ready.cjs` first. They are copied
 * to `folder`, where the viewer's user may read them.
 */
export async function loadFirst(folder: string, files: readonly string[] = []): Promise<readonly string[]> {
  const args: string[] = [];
  for (const file of [path.join(import.meta.dirname, 'hold-ready.cjs'), ...files]) {
    const copy = path.join(folder, path.basename(file));
    await copyFile(file, copy);
    args.push('-r', copy);
  }
  return args;
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
