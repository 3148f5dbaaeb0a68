/**
 * What happens when a process of the viewer ends by itself: it is written down, and the page is shown anew. A page that
 * ends again and again is not shown for ever: the main process then says so itself, because no page can. A dump is made
 * only where the policy asks for it, see `diagnostics/crash-dumps.ts`.
 * Source: Electron, `app` events `render-process-gone` and `child-process-gone`.
 */
import type { App } from 'electron';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { Log } from '../diagnostics/log.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ViewerWindow } from './viewer-window.ts';

export interface WatchOptions {
  readonly app: Pick<App, 'on'>;
  readonly viewer: Pick<ViewerWindow, 'window' | 'renew' | 'isRenewing'>;
  readonly log: Pick<Log, 'write'>;
  /** The page, and what it knew of the patient, is gone. */
  readonly onPageLost: () => void;
  /** Says in a window of the main process's own that the page has stopped; true: the user wants to start again. */
  readonly askToStartAgain: (fault: Fault) => Promise<boolean>;
  /** The user does not. */
  readonly quit: () => void;
}

export interface ProcessWatch {
  /** As `ViewerWindow.renew`, written down where the page did not leave, and said where there is no new one. */
  renewPage(): Promise<void>;
}

const renewalsPerMinute = 3;
const minuteMs = 60_000;

export function watchProcesses(options: WatchOptions): ProcessWatch {
  const { app, viewer, log, onPageLost, askToStartAgain, quit } = options;
  const page = viewer.window.webContents;
  let lostAt: number[] = [];
  let isAsking = false;

  async function renewPage(): Promise<void> {
    try {
      const end = await viewer.renew();
      if (end === 'ended') {
        log.write({ event: 'process-gone', process: 'page', reason: 'did-not-leave', exitCode: 0 });
      }
    } catch {
      pageLost('did-not-load', 0);
    }
  }

  async function sayStopped(): Promise<void> {
    if (isAsking || viewer.window.isDestroyed()) return;
    isAsking = true;
    const fault = makeFault('page-stopped', newReference());
    log.write({ event: 'fault', kind: fault.kind, reference: fault.reference, detail: 'page' });
    const again = await askToStartAgain(fault);
    isAsking = false;
    lostAt = [];
    if (again) await renewPage();
    else quit();
  }

  function pageLost(reason: string, exitCode: number): void {
    log.write({ event: 'process-gone', process: 'page', reason, exitCode });
    onPageLost();
    const now = Date.now();
    lostAt = [...lostAt.filter((at) => now - at < minuteMs), now];
    void (lostAt.length <= renewalsPerMinute ? renewPage() : sayStopped());
  }

  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    if (contents !== page) log.write({ event: 'process-gone', process: 'sign-in', reason, exitCode });
    else if (!viewer.isRenewing()) pageLost(reason, exitCode);
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log.write({ event: 'process-gone', process: type, reason, exitCode });
  });
  page.on('unresponsive', () => {
    log.write({ event: 'process-gone', process: 'page', reason: 'hangs', exitCode: 0 });
  });
  page.on('frame-created', (_event, { frame }) => {
    if (frame === null || frame.parent !== null)
      log.write({ event: 'process-gone', process: 'page', reason: 'made-a-frame', exitCode: 0 });
  });
  return { renewPage };
}
