/**
 * Receives launch links: from the command line of the first start, from that of a later start (Windows, Linux), and as
 * URLs from the system (macOS). The queue holds them in memory until the viewer can read them; it neither parses nor
 * stores them.
 * Source: Electron, `app` events `second-instance` and `open-url`.
 */
import type { App } from 'electron';

export interface LaunchLinkQueue {
  /** Passes every link to `read` from now on, and those that have waited for a reader. */
  deliver(read: (link: string) => void): void;
}

/** To be called before the app is ready, when macOS delivers the first link. `args`: those behind the executable. */
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

/** Finds `cpis-viewer:…`, and the value of every `--launch=…`. */
export function findLaunchLinks(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => {
    if (/^cpis-viewer:/i.test(arg)) return [arg];
    return arg.startsWith('--launch=') ? [arg.slice('--launch='.length)] : [];
  });
}
