/**
 * Remembers the size, the place and the maximised state of the window, and nothing else. The file is read before the window
 * opens, so that the window does not move before the user's eyes.
 * Source: Electron, `BrowserWindow` (`getNormalBounds`), `screen` (`getAllDisplays`).
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App, BrowserWindow, Rectangle } from 'electron';
import { decodeUtf8, readFileSafelySync } from '../files/read-file.ts';

export interface WindowState {
  readonly bounds: Rectangle;
  readonly isMaximised: boolean;
}

/** The part of the title bar that a user needs to move a window. */
const gripWidth = 120;
const gripHeight = 30;
const saveDelayMs = 500;

/** Its path in the user's data. */
export function windowStateFile(app: Pick<App, 'getPath'>): string {
  return path.join(app.getPath('userData'), 'window.json');
}

/** `undefined`: none is stored, it cannot be read, or no present display holds it: the usual place and size apply. */
export function readWindowState(file: string, workAreas: readonly Rectangle[]): WindowState | undefined {
  const found = readFileSafelySync(file);
  const state = found.kind === 'read' ? parse(decodeUtf8(found.bytes) ?? '') : undefined;
  return state && fitWindow(state, workAreas);
}

/** Keeps a window whose title bar can be reached, no larger than its display. A display may have gone, or shrunk. */
function fitWindow(
  { bounds, isMaximised }: WindowState,
  workAreas: readonly Rectangle[],
): WindowState | undefined {
  const area = workAreas.find((each) => {
    const width = Math.min(bounds.x + bounds.width, each.x + each.width) - Math.max(bounds.x, each.x);
    const isInReach = bounds.y >= each.y && bounds.y + gripHeight <= each.y + each.height;
    return width >= gripWidth && isInReach;
  });
  if (area === undefined) return undefined;
  const width = Math.min(bounds.width, area.width);
  const height = Math.min(bounds.height, area.height);
  return { bounds: { x: bounds.x, y: bounds.y, width, height }, isMaximised };
}

function parse(text: string): WindowState | undefined {
  try {
    const found: unknown = JSON.parse(text);
    const [x, y, width, height] = ['x', 'y', 'width', 'height']
      .map((name) => memberOf(found, name))
      .filter((value) => typeof value === 'number')
      .filter(Number.isInteger);
    if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
    if (width < gripWidth || height < gripHeight) return undefined;
    return { bounds: { x, y, width, height }, isMaximised: memberOf(found, 'isMaximised') === true };
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Stores the state a moment after each change. Where it cannot be written, the next window opens as the last one did. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return;
    const state = { ...window.getNormalBounds(), isMaximised: window.isMaximized() };
    void writeFile(file, JSON.stringify(state)).catch(() => undefined);
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, saveDelayMs);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('maximize', saveSoon);
  window.on('unmaximize', saveSoon);
}
