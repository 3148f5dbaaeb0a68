/**
 * The publisher's key for new versions. `CPIS_VIEWER_UPDATE_KEY` names the file that holds it, an Ed25519 private key in
 * PEM: its public half is built into the release, and it signs the feed beside the packages. Without it a release
 * looks for no new version. See docs/deployment.md.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { feedName, signatureName, signedText, type UpdateFeed } from '../../shared/update-feed.ts';
import type { BuildFlavour } from '../build-flavour.ts';

const variable = 'CPIS_VIEWER_UPDATE_KEY';

/** `undefined` where none is given, and for every flavour that is not published. */
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

/** Writes the feed that names `version`, and its signature, into a folder of packages; returns both files. */
export async function writeSignedFeed(
  folder: string,
  version: string,
  key: KeyObject,
): Promise<readonly string[]> {
  const feed: UpdateFeed = { version };
  const text = `${JSON.stringify(feed)}\n`;
  const signature = sign(null, Buffer.from(signedText(text)), key).toString('base64');
  const files = [path.join(folder, feedName), path.join(folder, signatureName)] as const;
  await writeFile(files[0], text);
  await writeFile(files[1], `${signature}\n`);
  return files;
}
