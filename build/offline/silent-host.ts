/** Remembers that Electron's release host did not answer, so that the next starts need not wait for it again. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../electron-runtime/cache-directory.ts';

const memory = () => path.join(cacheDirectory(), 'release-host-silent.json');
const sixHours = 6 * 60 * 60 * 1000;

interface Silence {
  readonly version: string;
  readonly reason: string;
  readonly at: number;
}

/** `version`: of Electron; the next version is tried at once. */
export async function rememberSilence(version: string, reason: string): Promise<void> {
  const silence: Silence = { version, reason, at: Date.now() };
  await mkdir(cacheDirectory(), { recursive: true });
  await writeFile(memory(), JSON.stringify(silence));
}

/** Why the host was given up, or `undefined` where it should be tried again. */
export async function silenceOf(version: string): Promise<string | undefined> {
  try {
    return stillSilent(JSON.parse(await readFile(memory(), 'utf8')), version, Date.now());
  } catch {
    return undefined;
  }
}

/** `now`: milliseconds since the epoch. The reason, for six hours after the silence. */
export function stillSilent(silence: Silence, version: string, now: number): string | undefined {
  const age = now - silence.at;
  return silence.version === version && age >= 0 && age < sixHours ? silence.reason : undefined;
}

/** Once the host has answered. */
export async function forgetSilence(): Promise<void> {
  await rm(memory(), { force: true });
}
