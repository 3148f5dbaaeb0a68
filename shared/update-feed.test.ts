import { expect, test } from 'vitest';
import { feedNameOf } from './update-feed.ts';

const systems = ['linux', 'win32', 'darwin'].flatMap((platform) =>
  ['x64', 'arm64'].map((arch) => [platform, arch] as const),
);

test('no two packages of a release write the same feed', () => {
  const names = systems.map(([platform, arch]) => feedNameOf(platform, arch));
  expect(names).toEqual([
    'latest-linux.yml',
    'latest-linux-arm64.yml',
    'latest.yml',
    'latest-arm64.yml',
    'latest-mac.yml',
    'latest-arm64-mac.yml',
  ]);
});
