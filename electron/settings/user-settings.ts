/**
 * What a user may set on a workstation: the size of text. Kept by electron-store, parsed by a schema, and never a
 * reason not to start: a file that cannot be read is kept beside the new one under another name, and the user is told.
 * Source: electron-store; its constructor throws on a corrupt file.
 */
import { renameSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import * as v from 'valibot';

const settingsSchema = v.object({
  zoomFactor: v.fallback(v.pipe(v.number(), v.minValue(0.5), v.maxValue(5)), 1),
});

export interface UserSettings {
  /** 1 is 100 %. */
  zoomFactor(): number;
  setZoomFactor(factor: number): void;
  /** A sentence for the Sign in screen, where the file had to be replaced or cannot be written. */
  readonly notice: string | undefined;
}

export function openUserSettings(folder: string): UserSettings {
  try {
    return fromStore(createStore(folder), undefined);
  } catch {
    const file = path.join(folder, 'settings.json');
    try {
      renameSync(file, path.join(folder, 'settings-unreadable.json'));
      return fromStore(
        createStore(folder),
        'Your settings could not be read and start afresh. The old file is kept as settings-unreadable.json.',
      );
    } catch {
      return inMemory(
        'Your settings can be neither read nor written; what you change lasts until you close.',
      );
    }
  }
}

function createStore(folder: string): Store<Record<string, unknown>> {
  return new Store<Record<string, unknown>>({ cwd: folder, name: 'settings', clearInvalidConfig: false });
}

function fromStore(store: Store<Record<string, unknown>>, notice: string | undefined): UserSettings {
  const fallback = inMemory(notice);
  fallback.setZoomFactor(v.parse(settingsSchema, { ...store.store }).zoomFactor);
  return {
    zoomFactor: fallback.zoomFactor,
    setZoomFactor(factor) {
      fallback.setZoomFactor(factor);
      try {
        store.set('zoomFactor', factor);
      } catch {
        // A read-only profile: the setting lasts until the window closes.
      }
    },
    notice,
  };
}

function inMemory(notice: string | undefined): UserSettings {
  let zoom = 1;
  return {
    zoomFactor: () => zoom,
    setZoomFactor: (factor) => {
      zoom = factor;
    },
    notice,
  };
}
