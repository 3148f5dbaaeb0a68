import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { readWindowState } from './window-state.ts';

const laptop = { x: 0, y: 0, width: 1366, height: 728 };
const beside = { x: 1366, y: -200, width: 1920, height: 1040 };

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

async function read(content: unknown, displays = [laptop, beside]) {
  const file = path.join(folder, 'window.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readWindowState(file, displays);
}

const onBeside = { x: 1500, y: 10, width: 1300, height: 800, isMaximised: true };

describe('the window opens', () => {
  test('where it was, on either display', async () => {
    expect(await read(onBeside)).toEqual({
      bounds: { x: 1500, y: 10, width: 1300, height: 800 },
      isMaximised: true,
    });
  });

  test('no larger than its display', async () => {
    const wide = await read({ x: 0, y: 0, width: 3000, height: 2000 });
    expect(wide?.bounds).toEqual({ x: 0, y: 0, width: 1366, height: 728 });
  });

  test.each([
    ['its display is gone', onBeside, [laptop]],
    ['its title bar is above the display', { ...onBeside, y: -300 }, [laptop, beside]],
    ['its title bar is below the display', { x: 0, y: 720, width: 800, height: 600 }, [laptop]],
    ['no more than its edge is on a display', { x: 1300, y: 0, width: 800, height: 600 }, [laptop]],
    ['there is no display', onBeside, []],
    ['it would be smaller than its title bar', { ...onBeside, width: 20 }, [beside]],
    ['a number is none', { ...onBeside, x: '1500' }, [beside]],
    ['a number is endless', '{"x": 1e999, "y": 0, "width": 800, "height": 600}', [beside]],
    ['the file is cut off', '{"x": 15', [beside]],
    ['the file is a list', '[1, 2, 3, 4]', [beside]],
    ['the file is empty', '', [beside]],
  ])('in the usual place where %s', async (_why, content, displays) => {
    expect(await read(content, displays)).toBeUndefined();
  });

  test('in the usual place where none is stored', () => {
    expect(readWindowState(path.join(folder, 'absent.json'), [laptop])).toBeUndefined();
  });
});
