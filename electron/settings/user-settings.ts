import { renameSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import * as v from 'valibot';
import { readStrictJson } from '../../shared/json.ts';
import { readFileSafelySync } from '../files/read-file.ts';

const settingsSchema = v.strictObject({
  zoomFactor: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(5)), 1),
});

type Settings = v.InferOutput<typeof settingsSchema>;

const defaults = v.parse(settingsSchema, {});

export interface UserSettings {
  /** 1 is 100 %. */
  zoomFactor(): number;
  /** `not-kept`: the size lasts only until the viewer closes. */
  setZoomFactor(factor: number): 'kept' | 'not-kept';
  /** A sentence for the Sign in screen, where the file was not valid. */
  readonly notice: string | undefined;
}

export const settingsNotKept =
  'Your settings cannot be written on this computer: what you change lasts until you close.';

/**
 * The settings of a user: the size of text. A wrong file never stops the start: a damaged file, one of a later version or
 * one with an invalid value is renamed with its date, the defaults apply, and the user sees a notice. electron-store reads
 * and writes the file. It would take a list for an empty file and wait for the writer of a FIFO for ever, so the schema
 * here decides what is valid, and only a regular file is given to it.
 */
export function openUserSettings(folder: string, now: () => Date): UserSettings {
  const file = path.join(folder, 'settings.json');
  const found = readFileSafelySync(file, { length: 0 });
  // Locked by another program, or without read permission: the file may be valid, and stays unchanged.
  if (found.kind === 'unreadable' && found.code !== undefined) {
    return inMemory(
      `Your settings (settings.json) cannot be used: the file ${found.problem}. The usual ones apply.`,
    );
  }
  if (found.kind !== 'unreadable') {
    try {
      return keepIn(openStore(folder), undefined);
    } catch {
      if (found.kind === 'missing') return inMemory(undefined); // the folder cannot be created
    }
  }
  const kept = `settings-kept-${now().toISOString().replaceAll(/[:.]/g, '-')}.json`;
  try {
    renameSync(file, path.join(folder, kept));
    return keepIn(
      openStore(folder),
      `Your settings could not be read in full, and have been reset. The old file is kept as ${kept}.`,
    );
  } catch {
    // A file that was not understood is not overwritten.
    return inMemory(
      'Your settings could not be read, and their file cannot be replaced: the usual ones apply.',
    );
  }
}

/** Throws where the file is not understood in full. */
function openStore(folder: string): Store<Settings> {
  return new Store<Settings>({
    cwd: folder,
    name: 'settings',
    deserialize(text) {
      const json = readStrictJson(text.replace(/^\uFEFF/, ''));
      if (json.kind !== 'read') throw new Error(json.kind);
      return v.parse(settingsSchema, json.value);
    },
  });
}

function keepIn(store: Store<Settings>, notice: string | undefined): UserSettings {
  const current = inMemory(notice, store.get('zoomFactor', defaults.zoomFactor));
  return {
    ...current,
    setZoomFactor(factor) {
      current.setZoomFactor(factor);
      try {
        store.set('zoomFactor', factor);
        return 'kept';
      } catch {
        return 'not-kept'; // a read-only profile, a full disk
      }
    },
  };
}

function inMemory(notice: string | undefined, zoomFactor: number = defaults.zoomFactor): UserSettings {
  let zoom = zoomFactor;
  return {
    zoomFactor: () => zoom,
    setZoomFactor(factor) {
      zoom = factor;
      return 'not-kept';
    },
    notice,
  };
}
