import path from 'node:path';
import Store from 'electron-store';
import { readJsonFileSync } from '../files/read-json-file.ts';

/** Opens `settings.json` in `folder` to be written. Throws where it cannot be read as settings. */
export function openSettingsStore<Settings extends Record<string, unknown>>(folder: string): Store<Settings> {
  // electron-store would wait for the writer of a FIFO for ever.
  if (readJsonFileSync(path.join(folder, 'settings.json')).kind === 'unreadable')
    throw new Error('settings.json cannot be read');
  return new Store<Settings>({ cwd: folder, name: 'settings' });
}
