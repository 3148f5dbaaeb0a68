import { expect, test } from 'vitest';
import { missingLibraries } from './system-libraries.ts';

test('the libraries that the linker cannot find', () => {
  const ldd = '\tlinux-vdso.so.1 (0x00)\n\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x00)\n';
  expect(missingLibraries(ldd)).toEqual(['libnss3.so']);
});
