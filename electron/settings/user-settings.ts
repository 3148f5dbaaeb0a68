/**
 * The settings of a user: the size of text. A wrong file never stops the start: a damaged file, one of a later version or
 * one with an invalid value is renamed with its date, the defaults apply, and the user sees a notice. This module reads
 * the file itself, because electron-store accepts many invalid files.
 */
import { renameSync } from 'node:fs';
import path from 'node:path';
import Store from 'electron-store';
import * as v from 'valibot';
import { readJsonFileSync } from '../files/read-json-file.ts';

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

export function openUserSettings(folder: string, now: () => Date): UserSettings {
  const read = readSettings(path.join(folder, 'settings.json'));
  if (read.kind === 'read') return keepIn(folder, read.settings, undefined);
  // Locked by another program, or without read permission: the file may be valid, and stays unchanged.
  if (read.kind === 'unreadable')
    return inMemory(
      `Your settings (settings.json) cannot be used: the file ${read.problem}. The usual ones apply.`,
    );
  const kept = `settings-kept-${now().toISOString().replaceAll(/[:.]/g, '-')}.json`;
  try {
    renameSync(path.join(folder, 'settings.json'), path.join(folder, kept));
  } catch {
    // A file that was not understood is not overwritten.
    return inMemory(
      'Your settings could not be understood, and their file cannot be replaced: the usual ones apply.',
    );
  }
  return keepIn(
    folder,
    defaults,
    `Your settings could not be understood in full and start afresh. The old file is kept as ${kept}.`,
  );
}

type SettingsRead =
  | { readonly kind: 'read'; readonly settings: Settings }
  /** The file system refuses the file. */
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'not-understood' };

function readSettings(file: string): SettingsRead {
  const read = readJsonFileSync(file);
  if (read.kind === 'missing') return { kind: 'read', settings: defaults };
  if (read.kind === 'unreadable' && read.code !== undefined) return read;
  const parsed = v.safeParse(settingsSchema, read.kind === 'read' ? read.value : undefined);
  return parsed.success ? { kind: 'read', settings: parsed.output } : { kind: 'not-understood' };
}

function keepIn(folder: string, settings: Settings, notice: string | undefined): UserSettings {
  const current = inMemory(notice, settings);
  return {
    ...current,
    setZoomFactor(factor) {
      current.setZoomFactor(factor);
      try {
        const store = new Store<Settings>({ cwd: folder, name: 'settings', clearInvalidConfig: false });
        store.set('zoomFactor', factor);
        return 'kept';
      } catch {
        return 'not-kept'; // a read-only profile, a full disk
      }
    },
  };
}

function inMemory(notice: string | undefined, settings: Settings = defaults): UserSettings {
  let zoom = settings.zoomFactor;
  return {
    zoomFactor: () => zoom,
    setZoomFactor(factor) {
      zoom = factor;
      return 'not-kept';
    },
    notice,
  };
}
