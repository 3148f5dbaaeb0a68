import { expect, test } from 'vitest';
import { readFpmCommandLine } from './command-line.ts';

const asCalled = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libgtk-3-0', '-d', 'libnss3', '--deb-recommends', 'libx'],
  ...[
    '--deb-compression',
    'xz',
    '--architecture',
    'amd64',
    '--after-install',
    '/t/i',
    '--after-remove',
    '/t/r',
  ],
  ...['--description', 'CP-IS Viewer\n Shows', '--version', '1.2.3', '--package', '/out/a.deb'],
  ...['--name', 'cpis-viewer', '--maintainer', 'M <m@x>', '--vendor', 'V', '--url', 'https://x/'],
  ...['--license', 'MIT', '--deb-priority', 'optional'],
  ...['--rpm-attr', '4755,root,root:/opt/cpis-viewer/chrome-sandbox'],
  ...['/out/linux-unpacked/=/opt/cpis-viewer', '/t/x.desktop=/usr/share/applications/cpis-viewer.desktop'],
];

test("electron-builder's call is read whole", () => {
  expect(readFpmCommandLine(asCalled)).toEqual({
    format: 'deb',
    output: '/out/a.deb',
    name: 'cpis-viewer',
    version: '1.2.3',
    architecture: 'amd64',
    maintainer: 'M <m@x>',
    vendor: 'V',
    url: 'https://x/',
    licence: 'MIT',
    description: 'CP-IS Viewer\n Shows',
    depends: ['libgtk-3-0', 'libnss3'],
    recommends: ['libx'],
    afterInstall: '/t/i',
    afterRemove: '/t/r',
    rpmAttributes: ['4755,root,root:/opt/cpis-viewer/chrome-sandbox'],
    files: [
      { from: '/out/linux-unpacked/', to: '/opt/cpis-viewer' },
      { from: '/t/x.desktop', to: '/usr/share/applications/cpis-viewer.desktop' },
    ],
  });
});

test.each([
  [[...asCalled, '--deb-systemd', 'x'], 'does not know "--deb-systemd"'],
  [asCalled.map((arg) => (arg === 'deb' ? 'pacman' : arg)), 'not pacman'],
  [asCalled.filter((arg) => arg !== '--name' && arg !== 'cpis-viewer'), 'missing --name'],
])('what it does not understand stops it', (args, problem) => {
  expect(() => readFpmCommandLine(args)).toThrow(problem);
});
