import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the images in git have the sizes of their names', () => {
  const files = globSync('*x*.png', { cwd: import.meta.dirname });
  const drawn = files.map((file) => {
    const png = readFileSync(`${import.meta.dirname}/${file}`);
    return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}.png`;
  });
  expect(drawn).toEqual(files);
  expect(files).toHaveLength(7);
});
