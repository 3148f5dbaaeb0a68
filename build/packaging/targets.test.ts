import { describe, expect, test } from 'vitest';
import { allTargets, type Machine, nameOf, selectTargets, skipReason } from './targets.ts';

const withoutNetwork: Machine = {
  platform: 'linux',
  arch: 'x64',
  runtime: 'fallback',
  has: (command) => ['7za', 'dpkg-deb'].includes(command),
  isSet: () => false,
};

function made(machine: Machine): readonly string[] {
  return allTargets.filter((target) => skipReason(target, machine) === undefined).map(nameOf);
}

describe('what a machine can make', () => {
  test('on Linux without the release host: what its own tools allow', () => {
    expect(made(withoutNetwork)).toEqual(['linux-x64-dir', 'linux-x64-tar.gz', 'linux-x64-deb']);
  });

  test.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['win32', 'x64'],
    ['darwin', 'arm64'],
  ] as const)('with the release host: every target of %s on %s', (platform, arch) => {
    expect(made({ platform, arch, runtime: 'official', has: () => true, isSet: () => false })).toEqual(
      allTargets.filter((target) => target.platform === platform && target.arch === arch).map(nameOf),
    );
  });

  test('every target that is left out says why', () => {
    for (const target of allTargets) {
      const reason = skipReason(target, { ...withoutNetwork, has: () => false });
      expect(reason ?? 'made', nameOf(target)).not.toBe('');
    }
    expect(skipReason({ platform: 'linux', arch: 'x64', format: 'rpm' }, withoutNetwork)).toContain(
      'rpmbuild',
    );
  });
});

test.each([
  [[], allTargets.length],
  [['linux-x64-deb'], 1],
  [['linux-x64'], 5],
  [['deb'], 2],
  [['deb', 'linux-x64-dir'], 3],
])('%j selects %i targets', (selection, count) => {
  expect(selectTargets(selection)).toHaveLength(count);
});

test('a target that there is not is named', () => {
  expect(() => selectTargets(['snap'])).toThrow('There is no target "snap"');
});
