/**
 * What happens when a process of the viewer ends by itself: it is written down, and the page is shown anew. A dump is made
 * only where the policy asks for it, see `diagnostics/crash-dumps.ts`.
 */
import type { App } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import type { ViewerWindow } from './viewer-window.ts';

export interface WatchOptions {
  readonly app: Pick<App, 'on'>;
  readonly viewer: ViewerWindow;
  readonly log: Pick<Log, 'write'>;
  /** The page, and what it knew of the patient, is gone. */
  readonly onPageLost: () => void;
}

/** A page that ends again and again is not shown for ever. */
const mostRenewals = 3;
const within = 60_000;

export function watchProcesses({ app, viewer, log, onPageLost }: WatchOptions): void {
  const renewals: number[] = [];
  viewer.window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.write({ event: 'process-gone', process: 'page', reason, exitCode });
    onPageLost();
    const now = Date.now();
    renewals.push(now);
    if (renewals.filter((at) => now - at < within).length <= mostRenewals) void viewer.renew();
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.write({ event: 'process-gone', process: type, reason, exitCode });
  });
}
