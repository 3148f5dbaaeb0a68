/**
 * The publisher's key for new versions. `CPIS_VIEWER_UPDATE_KEY` names the file that holds it, an Ed25519 private key in
 * PEM: its public half is built into the release, and it signs the feed beside the packages. Without it a release never
 * updates itself. See docs/deployment.md.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { signatureNameOf, signedText } from '../../shared/update-feed.ts';
import type { BuildFlavour } from '../build-viewer.ts';

const variable = 'CPIS_VIEWER_UPDATE_KEY';

/** Nothing where none is given, and for every flavour that is not published. */
export async function readUpdateKey(flavour: BuildFlavour): Promise<KeyObject | undefined> {
  const file = process.env[variable] ?? '';
  if (flavour !== 'release' || file === '') return undefined;
  const key = createPrivateKey(await readFile(file, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${variable} must name an Ed25519 key.`);
  return key;
}

/** As the viewer takes it: SubjectPublicKeyInfo in base64; the empty text for none. */
export function publicKeyText(key: KeyObject | undefined): string {
  if (key === undefined) return '';
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
}

/** Writes a signature beside each feed in a folder of packages; returns the feeds and the signatures. */
export async function signFeeds(folder: string, key: KeyObject): Promise<readonly string[]> {
  const feeds = (await readdir(folder)).filter((name) => /^latest[\w-]*\.yml$/.test(name));
  const files = await Promise.all(
    feeds.map(async (name) => {
      const feed = path.join(folder, name);
      const signature = sign(null, Buffer.from(signedText(name, await readFile(feed, 'utf8'))), key);
      const file = path.join(folder, signatureNameOf(name));
      await writeFile(file, `${signature.toString('base64')}\n`);
      return [feed, file];
    }),
  );
  return files.flat();
}
