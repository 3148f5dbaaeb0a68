import type { InputEvent, WebContents } from 'electron';

/** Keys, presses, touches and the wheel count. Moves do not: a mouse can move by accident. */
const deliberateInput: ReadonlySet<InputEvent['type']> = new Set([
  'rawKeyDown',
  'keyDown',
  'mouseDown',
  'mouseWheel',
  'touchStart',
  'gestureTap',
  'gestureScrollBegin',
]);

/**
 * Reports real input to the window, for the idle lock (H14). Chromium reports the input to the browser process; the page is
 * not asked, because a script could claim input for twelve hours.
 * Source: Electron, `webContents` event `input-event`.
 */
export function watchUserActivity(webContents: WebContents, onActive: () => void): void {
  webContents.on('input-event', (_event, { type }) => {
    if (deliberateInput.has(type)) onActive();
  });
}
