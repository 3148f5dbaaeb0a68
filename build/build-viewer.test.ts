import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { copySources } from '../e2e/mutations/source-copy.ts';
import { buildInputs } from './build-viewer.ts';

test('a copy of the sources, in which a control is switched off, has everything of which the viewer is built', async () => {
  const { folder, remove } = await copySources();
  try {
    expect(buildInputs.filter((input) => !existsSync(path.join(folder, input)))).toEqual([]);
  } finally {
    await remove();
  }
});
