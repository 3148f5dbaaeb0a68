/**
 * Whether a fetched Windows installer is still what the signed feed names, and by the publisher of this viewer. It waits in
 * a folder of the user's, where any program of theirs may change it: so this is asked after it was fetched, and again right
 * before it is run.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { checkSameSigner, type PowerShell } from './authenticode.ts';

export interface InstallerCheck {
  /** The executable that runs. */
  readonly running: string;
  /** In base64, as in the feed. */
  readonly sha512: string;
  readonly powerShell: PowerShell;
}

/** Rejects, with the reason, when it is not. */
export async function checkInstaller(file: string, expected: InstallerCheck): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('base64') !== expected.sha512)
    throw new Error('the installer of the new version is not the one that the feed names');
  await checkSameSigner(expected.running, file, expected.powerShell);
}
