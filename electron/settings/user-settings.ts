import { renameSync } from 'node:fs';
import path from 'node:path';
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
  /** Applies at once. Settles with `not-kept` where the size lasts only until the viewer closes; never rejects. */
  setZoomFactor(factor: number): Promise<Kept>;
  /** Settles once every change so far is kept, or is known not to be. */
  settled(): Promise<unknown>;
  /** A sentence for the Sign in screen, where the file was not valid. */
  readonly notice: string | undefined;
}

type Kept = 'kept' | 'not-kept';

export const settingsNotKept =
  'Your settings cannot be written on this computer: what you change lasts until you close.';

/**
 * The settings of a user: the size of text. A wrong file never stops the start: a damaged file, one of a later version or
 * one with an invalid value is renamed with its date, the defaults apply, and the user sees a notice. Only a regular file
 * that the schema accepts in full is kept for electron-store, which writes it, and is loaded for the first change: no start
 * waits for it.
 */
export function openUserSettings(folder: string, now: () => Date): UserSettings {
  const file = path.join(folder, 'settings.json');
  const found = readJsonFileSync(file);
  if (found.kind === 'missing') return keepIn(folder, defaults, undefined);
  if (found.kind === 'read') {
    const settings = v.safeParse(settingsSchema, found.value);
    if (settings.success) return keepIn(folder, settings.output, undefined);
  } else if (found.code !== undefined) {
    // Locked by another program, or without read permission: the file may be valid, and stays unchanged.
    return inMemory(
      `Your settings (settings.json) cannot be used: the file ${found.problem}. The usual ones apply.`,
    );
  }
  const kept = `settings-kept-${now().toISOString().replaceAll(/[:.]/g, '-')}.json`;
  try {
    renameSync(file, path.join(folder, kept));
    return keepIn(
      folder,
      defaults,
      `Your settings could not be read in full, and have been reset. The old file is kept as ${kept}.`,
    );
  } catch {
    // A file that was not understood is not overwritten.
    return inMemory(
      'Your settings could not be read, and their file cannot be replaced: the usual ones apply.',
    );
  }
}

function keepIn(folder: string, { zoomFactor }: Settings, notice: string | undefined): UserSettings {
  const load = async () => (await import('./settings-store.ts')).openSettingsStore<Settings>(folder);
  let loading: ReturnType<typeof load> | undefined;
  return settingsOf(zoomFactor, notice, async (factor) => {
    try {
      loading ??= load();
      const store = await loading;
      store.set('zoomFactor', factor);
      return 'kept';
    } catch {
      loading = undefined;
      return 'not-kept'; // a read-only profile, a full disk
    }
  });
}

function inMemory(notice: string): UserSettings {
  return settingsOf(defaults.zoomFactor, notice, async () => 'not-kept');
}

function settingsOf(
  zoomFactor: number,
  notice: string | undefined,
  keep: (zoomFactor: number) => Promise<Kept>,
): UserSettings {
  let zoom = zoomFactor;
  let last: Promise<unknown> = Promise.resolve();
  return {
    zoomFactor: () => zoom,
    setZoomFactor(factor) {
      zoom = factor;
      const kept = keep(factor);
      last = kept;
      return kept;
    },
    settled: () => last,
    notice,
  };
}
