/**
 * Says that somebody is really there, for the idle lock (H14). Chromium reports real input to the browser process; what
 * the page says of it is not asked, because script could go on saying so for twelve hours.
 * Source: Electron, `webContents` event `input-event`.
 */
import type { InputEvent, WebContents } from 'electron';

/** A resting hand moves a mouse: only keys, presses, touches and the wheel count. */
const ofSomebody: ReadonlySet<InputEvent['type']> = new Set([
  'rawKeyDown',
  'keyDown',
  'mouseDown',
  'mouseWheel',
  'touchStart',
  'gestureTap',
  'gestureScrollBegin',
]);

export function watchUserActivity(webContents: WebContents, onActive: () => void): void {
  webContents.on('input-event', (_event, { type }) => {
    if (ofSomebody.has(type)) onActive();
  });
}
