/**
 * Reads files with a secret: a PIN, a passphrase, the token of a key service, the proxy's log-in. A secret is one line; the
 * reader removes what an editor adds: a byte order mark, UTF-16 as PowerShell writes it, blanks around the secret, the line
 * end. It guesses nothing else: a wrongly read secret costs an attempt, and tokens and accounts lock after a few.
 * Source: Unicode, "UTF-8, UTF-16, UTF-32 & BOM"; Microsoft, "about_Character_Encoding" (what `>` and Out-File write).
 */
import { describeFileError, readFileSafely } from '../files/read-file.ts';

interface UnusableFile {
  readonly kind: 'unusable';
  /** Continues a sentence that begins with "the PIN file". Never repeats content of the file. */
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
  // Copying from a page or a chat can add an invisible character, which the token or the proxy would count.
  return /[\p{Cc}\p{Cf}]/u.test(secret)
    ? unusable('holds a character that cannot be seen')
    : { kind: 'read', secret };
}

/** Returns the lines from the first to the last that is not blank, each trimmed. Never throws. */
export async function readSecretLines(file: string): Promise<SecretLinesRead> {
  const read = await readFileSafely(file, largestFileBytes);
  if (read.kind !== 'read')
    return unusable(read.kind === 'missing' ? describeFileError('ENOENT') : read.problem);
  const text = decodeText(read.bytes);
  if (text === undefined || text.includes('\0')) return unusable('is not text in UTF-8');
  const trimmed = text.trim();
  return { kind: 'read', lines: trimmed === '' ? [] : trimmed.split(/\r?\n/).map((line) => line.trim()) };
}

/** Decodes UTF-8, or UTF-16 with a byte order mark, and removes the mark. Returns `undefined` for anything else. */
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
