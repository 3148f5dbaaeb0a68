/**
 * The viewer's window. It is opened before anything it does not need, and paints its shell from HTML and CSS alone.
 */
import path from 'node:path';
import { BrowserWindow, type Session } from 'electron';
import { viewerPage } from '../security/viewer-scheme.ts';
import { offerContextMenu } from './edit-menus.ts';

export interface ViewerWindow {
  readonly window: BrowserWindow;
  /**
   * Shows the page anew in a new renderer process, so that the memory of the old one goes with it (H10): an empty page
   * of another site in between makes Chromium give the old process up.
   */
  renew(): Promise<void>;
  /** The user has started the application once more. */
  bringToFront(): void;
}

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
  // A peer connection may use no network but the session's proxy, and that leads nowhere.
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  offerContextMenu(window);
  window.on('page-title-updated', (event) => event.preventDefault());
  const load = () => window.loadURL(viewerPage);
  void load();
  return {
    window,
    async renew() {
      if (window.isDestroyed()) return;
      await window.loadURL('about:blank');
      if (window.isDestroyed()) return;
      await load();
      // A mouse's "back" button must not lead to the empty page.
      if (!window.isDestroyed()) window.webContents.navigationHistory.clear();
    },
    bringToFront() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
