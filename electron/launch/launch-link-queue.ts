/**
 * Where launch links come in: on the command line of the first start, on that of a later one (Windows, Linux), as an
 * address that the system hands over (macOS). They wait here until somebody is there to read them; nothing looks into
 * them, and nothing writes them down.
 * Source: Electron, `app` events `second-instance` and `open-url`.
 */
import type { App } from 'electron';

export interface LaunchLinkQueue {
  /** Every link so far and from now on goes to `read`. */
  deliver(read: (link: string) => void): void;
}

/** Before the app is ready: macOS hands the first link over then. `args` are those behind the executable. */
export function openLaunchLinkQueue(app: Pick<App, 'on'>, args: readonly string[]): LaunchLinkQueue {
  const waiting: string[] = [];
  let read: ((link: string) => void) | undefined;
  const put = (link: string): void => {
    if (read === undefined) waiting.push(link);
    else read(link);
  };
  findLaunchLinks(args).forEach(put);
  app.on('second-instance', (_event, argv) => findLaunchLinks(argv.slice(1)).forEach(put));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    put(link);
  });
  return {
    deliver(reader) {
      read = reader;
      waiting.splice(0).forEach(reader);
    },
  };
}

/** `cpis-viewer:…` by itself, or `--launch=…` whatever it holds. */
export function findLaunchLinks(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => {
    if (/^cpis-viewer:/i.test(arg)) return [arg];
    return arg.startsWith('--launch=') ? [arg.slice('--launch='.length)] : [];
  });
}
