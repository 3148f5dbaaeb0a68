/**
 * What a user may set on a workstation: the size of text. Never a reason not to start: a file that is not understood in
 * full (spoilt, of a later version, a value that cannot be) is kept under a name with its date, the settings start
 * afresh, and the user is told. It is read here and not by electron-store, which takes much for good that is not.
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

const usual = v.parse(settingsSchema, {});

export interface UserSettings {
  /** 1 is 100 %. */
  zoomFactor(): number;
  /** `not-kept`: it lasts until the viewer closes, and no longer. */
  setZoomFactor(factor: number): 'kept' | 'not-kept';
  /** A sentence for the Sign in screen, where the file was not understood. */
  readonly notice: string | undefined;
}

export const settingsNotKept =
  'Your settings cannot be written on this computer: what you change lasts until you close.';

export function openUserSettings(folder: string, now: () => Date): UserSettings {
  const read = readSettings(path.join(folder, 'settings.json'));
  if (read.kind === 'read') return keepIn(folder, read.settings, undefined);
  // Held by another program, or not this user's to read: it may be as it should be, and stays where it is.
  if (read.kind === 'unreadable')
    return inMemory(
      `Your settings (settings.json) cannot be used: the file ${read.problem}. The usual ones apply.`,
    );
  const kept = `settings-kept-${now().toISOString().replaceAll(/[:.]/g, '-')}.json`;
  try {
    renameSync(path.join(folder, 'settings.json'), path.join(folder, kept));
  } catch {
    // Nothing is written over what nobody has understood.
    return inMemory(
      'Your settings could not be understood, and their file cannot be replaced: the usual ones apply.',
    );
  }
  return keepIn(
    folder,
    usual,
    `Your settings could not be understood in full and start afresh. The old file is kept as ${kept}.`,
  );
}

type SettingsRead =
  | { readonly kind: 'read'; readonly settings: Settings }
  /** The file system does not give it. */
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'not-understood' };

function readSettings(file: string): SettingsRead {
  const read = readJsonFileSync(file);
  if (read.kind === 'missing') return { kind: 'read', settings: usual };
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

function inMemory(notice: string | undefined, settings: Settings = usual): UserSettings {
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
