import { expect, test } from 'vitest';
import type { FpmJob } from './command-line.ts';
import { controlFile } from './deb.ts';
import { specFile } from './rpm.ts';

const job: FpmJob = {
  format: 'deb',
  output: '/out/a.deb',
  name: 'cpis-viewer',
  version: '1.2.3~test',
  architecture: 'amd64',
  maintainer: 'M <m@x>',
  vendor: 'V',
  url: 'https://x/',
  licence: 'MIT',
  description: 'Summary\n More\n\n Last',
  depends: ['libgtk-3-0', '(libXtst or libXtst6)'],
  recommends: [],
  afterInstall: undefined,
  afterRemove: undefined,
  rpmAttributes: ['4755,root,root:/opt/cpis-viewer/chrome-sandbox'],
  files: [{ from: '/out/linux-unpacked/', to: '/opt/cpis-viewer' }],
};

test('a deb is described by one field a line, its longer text indented', () => {
  expect(controlFile(job, 42)).toBe(
    [
      'Package: cpis-viewer',
      'Version: 1.2.3~test',
      'Architecture: amd64',
      'Maintainer: M <m@x>',
      'Installed-Size: 42',
      'Depends: libgtk-3-0, (libXtst or libXtst6)',
      'Section: misc',
      'Priority: optional',
      'Homepage: https://x/',
      'Description: Summary',
      ' More',
      ' .',
      ' Last',
      '',
    ].join('\n'),
  );
});

test('an rpm keeps its scripts as they are, and its files under root', () => {
  const spec = specFile(job, 'echo 100%', 'rm -f x');
  expect(spec).toContain('echo 100%%');
  expect(spec).toContain('Requires: (libXtst or libXtst6)');
  expect(spec).toContain('%postun -p /bin/sh\nrm -f x\n');
  expect(spec).toMatch(
    /%files\n%defattr\(-,root,root,-\)\n"\/opt\/cpis-viewer"\n%attr\(4755,root,root\) "\/opt\/cpis-viewer\/chrome-sandbox"\n$/,
  );
});
