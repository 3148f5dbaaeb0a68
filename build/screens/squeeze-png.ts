/**
 * Makes a screenshot smaller without changing a pixel: no transparency that is never used, and every row packed the
 * way that suits flat areas and text. Source: W3C, "Portable Network Graphics (PNG) Specification".
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Bytes a pixel: 3 for red, green and blue; 4 with transparency. */
  readonly depth: number;
  readonly rows: readonly Uint8Array[];
}

/** Anything but a plain 8-bit picture comes back as it was. */
export function squeezePng(png: Buffer): Buffer {
  const picture = readPicture(png);
  if (picture === undefined) return png;
  const squeezed = writePicture(withoutTransparency(picture));
  return squeezed.length < png.length ? squeezed : png;
}

function readPicture(png: Buffer): Picture | undefined {
  if (!png.subarray(0, 8).equals(signature)) return undefined;
  const data: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = content;
    if (type === 'IDAT') data.push(content);
    at += 12 + length;
  }
  if (header === undefined) return undefined;
  const [bits, colourType, , , interlace] = header.subarray(8);
  if (bits !== 8 || (colourType !== 2 && colourType !== 6) || interlace !== 0) return undefined;
  const depth = colourType === 6 ? 4 : 3;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  return { width, height, depth, rows: unfilter(inflateSync(Buffer.concat(data)), width * depth, depth) };
}

/** Undoes the filter that each row names in its first byte. */
function unfilter(bytes: Buffer, length: number, depth: number): readonly Uint8Array[] {
  const rows: Uint8Array[] = [];
  let above = new Uint8Array(length);
  for (let start = 0; start < bytes.length; start += length + 1) {
    const filter = bytes[start] ?? 0;
    const row = new Uint8Array(bytes.subarray(start + 1, start + 1 + length));
    for (let index = 0; index < length; index += 1) {
      const left = index < depth ? 0 : (row[index - depth] ?? 0);
      const up = above[index] ?? 0;
      const upLeft = index < depth ? 0 : (above[index - depth] ?? 0);
      row[index] = (row[index] ?? 0) + predict(filter, left, up, upLeft);
    }
    rows.push(row);
    above = row;
  }
  return rows;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toUpLeft = Math.abs(estimate - upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

function withoutTransparency({ width, height, depth, rows }: Picture): Picture {
  const isOpaque = rows.every((row) => row.every((value, index) => index % 4 !== 3 || value === 255));
  if (depth !== 4 || !isOpaque) return { width, height, depth, rows };
  return { width, height, depth: 3, rows: rows.map((row) => row.filter((_value, index) => index % 4 !== 3)) };
}

/** Flat areas and text pack best unfiltered, or as the difference from the row above: whichever is smaller. */
function writePicture({ width, height, depth, rows }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, depth === 4 ? 6 : 2, 0, 0, 0], 8);
  const packed = [0, 2].map((filter) => deflateSync(filtered(rows, filter), { level: 9, memLevel: 9 }));
  const [smallest = Buffer.alloc(0)] = packed.toSorted((a, b) => a.length - b.length);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', smallest),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function filtered(rows: readonly Uint8Array[], filter: number): Buffer {
  return Buffer.concat(
    rows.flatMap((row, index) => {
      const above = rows[index - 1];
      const bytes = filter === 0 ? row : row.map((value, at) => value - (above?.[at] ?? 0));
      return [Buffer.from([filter]), Buffer.from(bytes)];
    }),
  );
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
