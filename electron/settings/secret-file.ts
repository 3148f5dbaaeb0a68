/**
 * The one reader of files that hold a secret: a PIN, a passphrase, the token of a key service, the proxy's log-in. A secret
 * is one line, and what an editor adds to it is not part of it: a byte order mark, UTF-16 as PowerShell writes it, blanks
 * around it, the end of the line. Nothing else is guessed: a secret that is not read as it was meant costs a try, and
 * tokens and accounts lock.
 * Source: Unicode, "UTF-8, UTF-16, UTF-32 & BOM"; Microsoft, "about_Character_Encoding" (what `>` and Out-File write).
 */
import { describeFileError, readFileSafely } from '../files/read-file.ts';

interface UnusableFile {
  readonly kind: 'unusable';
  /** In words that fit behind "the PIN file". Never repeats anything of the file. */
  readonly problem: string;
}

export type SecretRead = { readonly kind: 'read'; readonly secret: string } | UnusableFile;
export type SecretLinesRead = { readonly kind: 'read'; readonly lines: readonly string[] } | UnusableFile;

const largestFileBytes = 64 * 1024;

/** A file with one secret and nothing else. Never throws. */
export async function readSecret(file: string): Promise<SecretRead> {
  const read = await readSecretLines(file);
  if (read.kind === 'unusable') return read;
  const [secret, ...more] = read.lines;
  if (secret === undefined || secret === '') return unusable('is empty');
  if (more.length > 0) return unusable('holds more than one line');
  // Left there by a copy from a page or a chat: nobody sees it, and the token or the proxy counts it.
  return /[\p{Cc}\p{Cf}]/u.test(secret)
    ? unusable('holds a character that cannot be seen')
    : { kind: 'read', secret };
}

/** From the first line that says anything to the last, each without the blanks around it. Never throws. */
export async function readSecretLines(file: string): Promise<SecretLinesRead> {
  const read = await readFileSafely(file, largestFileBytes);
  if (read.kind !== 'read')
    return unusable(read.kind === 'missing' ? describeFileError('ENOENT') : read.problem);
  const text = decodeText(read.bytes);
  if (text === undefined || text.includes('\0')) return unusable('is not text in UTF-8');
  const trimmed = text.trim();
  return { kind: 'read', lines: trimmed === '' ? [] : trimmed.split(/\r?\n/).map((line) => line.trim()) };
}

/** UTF-8, or UTF-16 with its mark; the mark is left out. `undefined` for anything else. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isBigEndian = first === 0xfe && second === 0xff;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : isBigEndian ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unusable(problem: string): UnusableFile {
  return { kind: 'unusable', problem };
}
