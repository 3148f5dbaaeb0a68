import type { App } from 'electron';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { Log } from '../diagnostics/log.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ViewerWindow } from './viewer-window.ts';

export interface WatchOptions {
  readonly app: Pick<App, 'on'>;
  readonly viewer: Pick<ViewerWindow, 'window' | 'renew' | 'isRenewing'>;
  readonly log: Pick<Log, 'write'>;
  /** Called when the page and its data of the patient are lost. */
  readonly onPageLost: () => void;
  /** Tells the user in a message box that the page has stopped; true: the user starts again. */
  readonly askToStartAgain: (fault: Fault) => Promise<boolean>;
  readonly quit: () => void;
}

export interface ProcessWatch {
  /** As `ViewerWindow.renew`; logs a page that did not leave, and treats a page that did not load as lost. */
  renewPage(): Promise<void>;
  /** The user starts a page again that could not draw a screen: it counts as lost. */
  startAgain(): void;
  /** The files of a page could not be loaded, also of one that has just been loaded anew: it counts as lost. */
  pageNotLoaded(): void;
}

const renewalsPerMinute = 3;
const minuteMs = 60_000;

/**
 * Writes to the log when a process of the viewer ends by itself, and loads the page again. When the page ends again and
 * again, the main process stops loading it and tells the user in a message box. Electron writes a dump only where the policy
 * asks for one, see `diagnostics/crash-dumps.ts`.
 * Source: Electron, `app` events `render-process-gone` and `child-process-gone`.
 */
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
    // A page that was being loaded goes with its window: that is no loss.
    if (viewer.window.isDestroyed()) return;
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
  // H10: another document has taken the place of the page's. Script cannot have done it (navigation.ts). Not at the start of
  // a navigation, which may be refused: the page would stay, with a patient whom the main process has dropped.
  page.on('did-navigate', () => {
    if (!viewer.isRenewing()) onPageLost();
  });
  // It may have ended before this watch began.
  if (page.isCrashed()) pageLost('crashed', 0);
  return {
    renewPage,
    startAgain() {
      if (!viewer.isRenewing()) pageLost('not-drawn', 0);
    },
    pageNotLoaded: () => pageLost('did-not-load', 0),
  };
}
