import { FuseV1Options } from '@electron/fuses';
import { expect, test } from 'vitest';
import { fuseProblems, fusesFor } from './fuses.ts';

const asReleased = new Map(Object.entries(fusesFor('release')).map(([fuse, on]) => [Number(fuse), on]));

test('the test flavour differs from the release in the inspector alone', () => {
  const release = fusesFor('release');
  const different = Object.entries(fusesFor('test')).filter(
    ([fuse, on]) => release[Number(fuse) as FuseV1Options] !== on,
  );
  expect(different).toEqual([[String(FuseV1Options.EnableNodeCliInspectArguments), true]]);
});

test('an executable as it should be has no problem', () => {
  expect(fuseProblems(asReleased, fusesFor('release'))).toEqual([]);
});

test('an older Electron lacks the newest fuse, and that is no problem', () => {
  const older = new Map(asReleased);
  older.delete(FuseV1Options.WasmTrapHandlers);
  expect(fuseProblems(older, fusesFor('release'))).toEqual([]);
});

test.each([...asReleased])('fuse %i the other way round is found', (fuse, on) => {
  expect(fuseProblems(new Map(asReleased).set(fuse, !on), fusesFor('release'))).toHaveLength(1);
});

test('a fuse that the table does not name, and one that is missing, are found', () => {
  expect(fuseProblems(new Map(asReleased).set(9, true), fusesFor('release'))).toEqual([
    'the fuse number 9 is not one that we know',
  ]);
  const without = new Map(asReleased);
  without.delete(FuseV1Options.RunAsNode);
  expect(fuseProblems(without, fusesFor('release'))).toEqual(['the fuse RunAsNode is missing']);
});
