/** The viewer's own log, which goes to a help desk. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { userDataFolder, type Viewer } from './fixtures.ts';

type Profile = Pick<Viewer, 'profile'>;

/** Empty before the first line. */
export function readLog({ profile }: Profile): Promise<string> {
  return readFile(path.join(userDataFolder(profile), 'logs', 'viewer.log'), 'utf8').catch(() => '');
}

/** The first first. */
export async function logEntries(of: Profile): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const lines = (await readLog(of)).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
