import path from 'node:path';
import { BrowserWindow, nativeTheme, type Session } from 'electron';
import { viewerPage } from '../security/viewer-scheme.ts';
import { within } from '../within.ts';
import { offerContextMenu } from './edit-menus.ts';
import { endProcess, processEnded } from './renderer-process.ts';
import type { WindowState } from './window-state.ts';

/** How a page ended: it left by itself, or its process was ended. */
export type PageEnd = 'left' | 'ended';

export interface ViewerWindow {
  readonly window: BrowserWindow;
  /** Settles when the first page's document is there; rejects where it cannot be read, or its process ends before that. */
  readonly shown: Promise<void>;
  /**
   * Loads the page in a new renderer process, so that the memory of the old one and all that it has stored are gone (H10).
   * Ends the process of a page that does not leave. Calls run one after another.
   */
  renew(): Promise<PageEnd>;
  /** Whether `renew` is running: it ends the page's process on purpose. */
  isRenewing(): boolean;
  /** The user has started the application once more. */
  bringToFront(): void;
}

/** How long a page may take to leave, and its process to end, before the viewer ends the process. */
const leaveLimitMs = 2_000;
/** In steps, so that a time in which this process stands still, and no page can leave, counts for one of them at most. */
const leaveStepMs = 100;
/**
 * An empty page of another site: Chromium shows it in another process, and the next page of the viewer in a third.
 * `about:blank` would stay in the process of the page that it replaces.
 */
const emptyPage = 'data:text/html,';

export interface WindowOptions {
  readonly session: Session;
  /** Holds the preload. */
  readonly folder: string;
  readonly title: string;
  readonly state: WindowState | undefined;
}

/**
 * The viewer's window. It opens before the modules that it does not need are loaded, and paints its shell from HTML and
 * CSS alone.
 */
export function openViewerWindow({ session, folder, title, state }: WindowOptions): ViewerWindow {
  const window = new BrowserWindow({
    ...(state === undefined ? { width: 1280, height: 720, useContentSize: true } : state.bounds),
    minWidth: 320,
    minHeight: 256,
    title,
    // As the page's own, so that nothing flashes before it paints.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12181c' : '#f0f4f5',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: path.join(folder, 'preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.isMaximised) window.maximize();
  const { webContents } = window;
  // A peer connection may use only the session's proxy, and that proxy leads to no server.
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // A page cannot ask the user to stay: preventing the event makes Electron unload the page (H10, H14).
  webContents.on('will-prevent-unload', (event) => event.preventDefault());
  // The viewer's page has no frames. A page that makes one has been compromised, and would find in it the APIs that the
  // preload has deleted.
  webContents.on('frame-created', (_event, { frame }) => {
    if (frame === null || frame.parent !== null) endProcess(webContents, webContents.getOSProcessId());
  });
  offerContextMenu(window);
  // A page that has not reacted to input for fifteen seconds does not hide at F9 either (H9). Chromium does not send this
  // event while a debugger is attached, as it is in the tests.
  webContents.on('unresponsive', () => endProcess(webContents, webContents.getOSProcessId()));
  // Chromium asks the page before it closes the window, and waits for ever for a page that hangs.
  window.on('close', (event) => {
    setTimeout(() => {
      if (!event.defaultPrevented && !window.isDestroyed()) window.destroy();
    }, leaveLimitMs);
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  const shown = new Promise<void>((resolve, reject) => {
    webContents.once('dom-ready', () => resolve());
    // Before the `dom-ready` of Chromium's own error page. `loadURL` rejects after it, which is then too late.
    webContents.once('did-fail-load', (_event, _code, reason) => reject(new Error(reason)));
    window.loadURL(viewerPage).catch(reject);
  });

  let renewals = 0;
  let renewal: Promise<PageEnd> = Promise.resolve('left');

  /** Whether the empty page has taken the place of the page in time. */
  async function hasLeft(): Promise<boolean> {
    const loaded = window.loadURL(emptyPage);
    for (let waitedMs = 0; waitedMs < leaveLimitMs; waitedMs += leaveStepMs)
      if (await within(leaveStepMs, loaded)) return true;
    return false;
  }

  /** Settles once the process that showed the page has ended. */
  async function leavePage(): Promise<PageEnd> {
    const processId = webContents.getOSProcessId();
    // A page that has crashed has no process to wait for.
    if ((await hasLeft()) && (processId === 0 || (await processEnded(processId, leaveLimitMs))))
      return 'left';
    endProcess(webContents, processId);
    await processEnded(processId, leaveLimitMs);
    return 'ended';
  }

  async function renewOnce(): Promise<PageEnd> {
    if (window.isDestroyed()) return 'left';
    renewals += 1;
    try {
      const end = await leavePage();
      if (window.isDestroyed()) return end;
      // The session's stores may hold data that a script has written, which the next user's page could read.
      await session.clearStorageData();
      await window.loadURL(viewerPage);
      // A mouse's "back" button must not lead to the empty page.
      if (!window.isDestroyed()) webContents.navigationHistory.clear();
      return end;
    } finally {
      renewals -= 1;
    }
  }

  return {
    window,
    shown,
    renew() {
      renewal = renewal.then(renewOnce, renewOnce);
      return renewal;
    },
    isRenewing: () => renewals > 0,
    bringToFront() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
