/**
 * Puts PNG images into the icon files of Windows and macOS; both formats take PNG as it is.
 * Sources: Microsoft, "Icons" (ICONDIR, ICONDIRENTRY); Apple, "Icon Services" (the `icns` element types).
 */

/** Width and height of each image, in pixels. */
export const iconSizes: readonly number[] = [16, 32, 48, 64, 128, 256, 512];

type Images = ReadonlyMap<number, Buffer>;

const icoHeader = 6;
const icoEntry = 16;
/** Windows asks for no larger image than this. */
const largestIco = 256;

export function packIco(images: Images): Buffer {
  const fitting = [...images].filter(([size]) => size <= largestIco);
  const header = Buffer.alloc(icoHeader + icoEntry * fitting.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(fitting.length, 4);
  let offset = header.length;
  for (const [index, [size, png]] of fitting.entries()) {
    const at = icoHeader + icoEntry * index;
    // 256 does not fit into a byte and is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...fitting.map(([, png]) => png)]);
}

/** Element types that hold a PNG, by the size of the image. */
const icnsTypes: ReadonlyMap<number, string> = new Map([
  [16, 'icp4'],
  [32, 'icp5'],
  [64, 'icp6'],
  [128, 'ic07'],
  [256, 'ic08'],
  [512, 'ic09'],
]);

export function packIcns(images: Images): Buffer {
  const elements = [...images].flatMap(([size, png]) => {
    const type = icnsTypes.get(size);
    return type === undefined ? [] : [icnsElement(type, png)];
  });
  return icnsElement('icns', Buffer.concat(elements));
}

function icnsElement(type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(header.length + content.length, 4);
  return Buffer.concat([header, content]);
}
