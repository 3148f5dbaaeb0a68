import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getRawHeader } from '@electron/asar';

export interface AsarFile {
  /** With slashes, from the archive's root. */
  readonly name: string;
  readonly content: Buffer;
  /** Whether the content is what the header's hash says. */
  readonly intact: boolean;
}

export interface AsarArchive {
  readonly files: readonly AsarFile[];
  /** Files that the archive names, but that lie beside it. */
  readonly unpacked: readonly AsarFile[];
  readonly links: readonly string[];
}

type Header = ReturnType<typeof getRawHeader>['header'];
type Entry = Header['files'][string];
type FileEntry = Extract<Entry, { size: number }>;

/** An app.asar read file by file, each held against the hash that the archive's own header has for it. */
export function readAsar(archive: string): AsarArchive {
  const bytes = readFileSync(archive);
  const { header, headerSize } = getRawHeader(archive);
  // The archive begins with a pickled length of eight bytes, then the header.
  const start = 8 + headerSize;
  const files: AsarFile[] = [];
  const unpacked: AsarFile[] = [];
  const links: string[] = [];
  for (const [name, entry] of entriesOf(header)) {
    if ('link' in entry || !('size' in entry)) {
      links.push(name);
    } else if (entry.unpacked) {
      const beside = path.join(`${archive}.unpacked`, name);
      unpacked.push(asFile(name, existsSync(beside) ? readFileSync(beside) : Buffer.alloc(0), entry));
    } else {
      const offset = start + Number(entry.offset);
      files.push(asFile(name, bytes.subarray(offset, offset + entry.size), entry));
    }
  }
  return { files, unpacked, links };
}

function asFile(name: string, content: Buffer, entry: FileEntry): AsarFile {
  const { algorithm, hash } = entry.integrity;
  const sha256 = createHash('sha256').update(content).digest('hex');
  return {
    name,
    content,
    intact: content.length === entry.size && algorithm === 'SHA256' && hash === sha256,
  };
}

function entriesOf(directory: Header, prefix = ''): readonly (readonly [string, Entry])[] {
  return Object.entries(directory.files).flatMap(([name, entry]) =>
    'files' in entry ? entriesOf(entry, `${prefix}${name}/`) : [[`${prefix}${name}`, entry] as const],
  );
}
