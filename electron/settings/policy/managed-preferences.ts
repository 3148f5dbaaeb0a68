/**
 * Reads the policy that a configuration profile sets on macOS: the managed preferences of the application, a property list that
 * only the system writes. macOS' own plutil turns it into JSON. NOT YET RUN ON MACOS.
 * Sources: Apple, "Profile-Specific Payload Keys", plutil(1).
 */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { installations } from '../../../shared/installation.ts';
import { isJsonObject, readStrictJson } from '../../../shared/json.ts';
import { fileErrorCode } from '../../files/read-file.ts';
import { type PolicySource, programLimitMs } from './policy-source.ts';

export const managedPreferencesFile = `/Library/Managed Preferences/${installations.release.appId}.plist`;

/** Gives the JSON of a property list; rejects where it is none. */
export type ConvertPropertyList = (file: string) => Promise<string>;

/** Never throws. */
export async function readManagedPreferences(
  file: string,
  convert: ConvertPropertyList,
): Promise<PolicySource> {
  const failed = { kind: 'failed', problem: `${path.basename(file)} cannot be read` } as const;
  try {
    await stat(file);
  } catch (error) {
    return fileErrorCode(error) === 'ENOENT' ? { kind: 'absent' } : failed;
  }
  try {
    const json = readStrictJson(await convert(file));
    if (json.kind !== 'read' || !isJsonObject(json.value)) return failed;
    const values = Object.entries(json.value)
      // macOS adds keys of its own.
      .filter(([name]) => !name.startsWith('Payload') && name !== '_manualProfile')
      .map(([name, value]) => [name, { from: 'json', value }] as const);
    return { kind: 'read', place: file, values: new Map(values) };
  } catch {
    return failed;
  }
}

/** Rejects after `programLimitMs` too. */
export const plutil: ConvertPropertyList = async (file) => {
  const { stdout } = await promisify(execFile)(
    '/usr/bin/plutil',
    ['-convert', 'json', '-o', '-', '--', file],
    { timeout: programLimitMs },
  );
  return stdout;
};
