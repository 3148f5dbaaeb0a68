/**
 * The viewer's window. It is opened before anything it does not need, and paints its shell from HTML and CSS alone.
 */
import path from 'node:path';
import { BrowserWindow, type Session } from 'electron';
import { viewerPage } from '../security/viewer-scheme.ts';
import { within } from '../within.ts';
import { offerContextMenu } from './edit-menus.ts';
import { endProcess, processEnded } from './renderer-process.ts';

/** How a page went: by itself, or because its process was ended. */
export type PageEnd = 'left' | 'ended';

export interface ViewerWindow {
  readonly window: BrowserWindow;
  /**
   * Shows the page anew in a new renderer process, so that the memory of the old one goes with it (H10), and whatever
   * the old page has stored. A page that does not leave is ended. Calls follow one another.
   */
  renew(): Promise<PageEnd>;
  /** Whether `renew` is at work: a process that ends meanwhile was meant to. */
  isRenewing(): boolean;
  /** The user has started the application once more. */
  bringToFront(): void;
}

/** How long a page has to leave, and its process to end, before the process is ended. */
const leaveLimitMs = 2_000;
/** An empty page of another site: the next page of the viewer cannot be given the process of the former one. */
const emptyPage = 'about:blank';

export function openViewerWindow(session: Session, folder: string): ViewerWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 720,
    minWidth: 320,
    minHeight: 256,
    useContentSize: true,
    // Nothing of a patient is ever in a title (H9).
    title: 'CP-IS Viewer',
    backgroundColor: '#f0f4f5',
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
  const { webContents } = window;
  // A peer connection may use no network but the session's proxy, and that leads nowhere.
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  // A page that asks to stay is not heard: Electron lets it go when the event is prevented (H10, H14).
  webContents.on('will-prevent-unload', (event) => event.preventDefault());
  // The viewer's page has no frames. One that makes a frame has been taken over, and would find in it what the preload has
  // taken out of the page.
  webContents.on('frame-created', (_event, { frame }) => {
    if (frame === null || frame.parent !== null) endProcess(webContents, webContents.getOSProcessId());
  });
  offerContextMenu(window);
  // A page that has answered no key and no press for fifteen seconds hides nothing at F9 either (H9). Chromium does not say
  // so while a debugger is attached, as it is in the tests.
  webContents.on('unresponsive', () => endProcess(webContents, webContents.getOSProcessId()));
  // Chromium asks the page before it closes the window, and waits for ever for one that hangs.
  window.on('close', (event) => {
    setTimeout(() => {
      if (!event.defaultPrevented && !window.isDestroyed()) window.destroy();
    }, leaveLimitMs);
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  void window.loadURL(viewerPage);

  let renewals = 0;
  let renewal: Promise<PageEnd> = Promise.resolve('left');

  /** Settles once the process that showed the page has ended. */
  async function leavePage(): Promise<PageEnd> {
    const processId = webContents.getOSProcessId();
    const left = await within(leaveLimitMs, window.loadURL(emptyPage));
    // A page that has crashed has no process to wait for.
    if (left && (processId === 0 || (await processEnded(processId, leaveLimitMs)))) return 'left';
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
      // What script has put into the session's own stores would meet the next user.
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
