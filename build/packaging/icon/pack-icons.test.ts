import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { iconSizes, packIcns, packIco } from './pack-icons.ts';

const images = new Map([
  [16, Buffer.from('sixteen')],
  [256, Buffer.from('large')],
  [512, Buffer.from('larger')],
]);

test('an .ico names each image up to 256 pixels and where it lies', () => {
  const ico = packIco(images);
  expect(ico.readUInt16LE(2)).toBe(1);
  expect(ico.readUInt16LE(4)).toBe(2);
  expect([ico.readUInt8(6), ico.readUInt8(22)]).toEqual([16, 0]);
  const [length, offset] = [ico.readUInt32LE(30), ico.readUInt32LE(34)];
  expect(ico.subarray(offset, offset + length).toString()).toBe('large');
});

test('an .icns holds its own length and each image that has a type', () => {
  const icns = packIcns(images);
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  expect(icns.toString('latin1')).toContain('ic09');
});

test.each(iconSizes)('the image of %i pixels in git has that size', async (size) => {
  const png = await readFile(path.join(import.meta.dirname, `${size}x${size}.png`));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});
