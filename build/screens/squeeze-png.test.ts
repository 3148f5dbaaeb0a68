import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { squeezePng } from './squeeze-png.ts';

const side = 64;
const colour = (x: number, y: number): readonly number[] => [x * 3, y * 3, (x + y) & 255];

/** An opaque picture with transparency, whose rows use each of the five filters in turn. */
function screenshot(): Buffer {
  const pixel = (x: number, y: number) => (x < 0 || y < 0 ? [0, 0, 0, 0] : [...colour(x, y), 255]);
  const rows = Array.from({ length: side }, (_, y) => {
    const filter = y % 5;
    const bytes = Array.from({ length: side }, (_unused, x) =>
      pixel(x, y).map((value, channel) => {
        const [left = 0, up = 0, upLeft = 0] = [pixel(x - 1, y), pixel(x, y - 1), pixel(x - 1, y - 1)].map(
          (near) => near[channel] ?? 0,
        );
        const estimate = left + up - upLeft;
        const nearest = [left, up, upLeft].toSorted(
          (a, b) => Math.abs(estimate - a) - Math.abs(estimate - b),
        )[0];
        return value - ([0, left, up, (left + up) >> 1, nearest][filter] ?? 0);
      }),
    ).flat();
    return [filter, ...bytes.map((value) => value & 255)];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

test('a screenshot gets smaller and keeps every pixel', () => {
  const squeezed = squeezePng(screenshot());
  expect(squeezed.length).toBeLessThan(screenshot().length / 2);
  // 8 bits, red, green and blue, no transparency.
  expect([...squeezed.subarray(24, 26)]).toEqual([8, 2]);
  const data = squeezed.indexOf('IDAT');
  const bytes = inflateSync(squeezed.subarray(data + 4, data + 4 + squeezed.readUInt32BE(data - 4)));
  const length = side * 3;
  const shown: number[] = [];
  for (let y = 0; y < side; y += 1) {
    const start = y * (length + 1);
    const isDifference = bytes[start] === 2;
    for (let index = 0; index < length; index += 1) {
      const above = isDifference && y > 0 ? (shown[(y - 1) * length + index] ?? 0) : 0;
      shown.push(((bytes[start + 1 + index] ?? 0) + above) & 255);
    }
  }
  const drawn = Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_unused, x) => colour(x, y)),
  );
  expect(shown).toEqual(drawn.flat(2));
});

test('what is no picture comes back as it was', () => {
  const text = Buffer.from('no picture');
  expect(squeezePng(text)).toBe(text);
});
