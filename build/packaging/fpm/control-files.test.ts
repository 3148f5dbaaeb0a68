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
  files: [{ from: '/out/linux-unpacked/', to: '/opt/CP-IS Viewer' }],
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

test('an rpm keeps its scripts as they are, its files under root, and itself through an update', () => {
  const spec = specFile(job, 'echo 100%', 'rm -f x');
  expect(spec).toContain('echo 100%%');
  expect(spec).toContain('Requires: (libXtst or libXtst6)');
  expect(spec).toMatch(/%postun -p \/bin\/bash\nif \[ "\$1" -ge 1 \]; then exit 0; fi\nrm -f x/);
  expect(spec).toMatch(/%files\n%defattr\(-,root,root,-\)\n"\/opt\/CP-IS Viewer"\n$/);
});
