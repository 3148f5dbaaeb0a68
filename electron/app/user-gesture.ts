/**
 * Whether a human hand was on the window just now. Chromium reports real input to the browser process; script in the
 * page cannot make it. Each press serves one query: a page that has been taken over cannot ask CP-IS by itself (H4).
 * Assistive technology may press a button without any input event; a question in a window of the main process's own
 * then stands in for it.
 * Source: Electron, `webContents` event `input-event`.
 */
import { type BrowserWindow, dialog } from 'electron';

export interface UserGesture {
  /** Uses up the last press, if there is one; else asks. False: the user did not choose this. */
  take(): Promise<boolean>;
  /** Forgets an earlier press: what it was for lies behind. */
  forget(): void;
}

/** A press and the request it causes are milliseconds apart; a slow machine gets this long. */
const freshness = 5_000;

export function watchUserGesture(window: BrowserWindow, now: () => number): UserGesture {
  let pressedAt: number | undefined;
  window.webContents.on('input-event', (_event, input) => {
    if (input.type === 'mouseDown' || input.type === 'rawKeyDown' || input.type === 'keyDown')
      pressedAt = now();
    if (input.type === 'touchStart' || input.type === 'gestureTap') pressedAt = now();
  });
  return {
    async take() {
      const fresh = pressedAt !== undefined && now() - pressedAt <= freshness;
      pressedAt = undefined;
      if (fresh) return true;
      const { response } = await dialog.showMessageBox(window, {
        type: 'question',
        title: 'CP-IS Viewer',
        message: 'Ask CP-IS about this patient now?',
        detail: 'For unscheduled care the local authority is told.',
        buttons: ['Ask CP-IS', 'Cancel'],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      });
      return response === 0;
    },
    forget() {
      pressedAt = undefined;
    },
  };
}
