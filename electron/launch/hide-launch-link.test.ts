import { expect, test } from 'vitest';
import { hideLaunchLinks } from './hide-launch-link.ts';

const link = 'cpis-viewer:launch?patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14';

function titleAfter(args: readonly string[], platform: NodeJS.Platform = 'linux'): string {
  const process = { platform, argv: ['/usr/bin/cpis-viewer', ...args], title: 'as it was' };
  hideLaunchLinks(process);
  return process.title;
}

test.each([
  [[link]],
  [[`--launch=${link}`]],
  [['--launch', link]],
  [[`--launch=9990000018`]],
  [[link.toUpperCase(), link]],
])('%j: the link is not shown any more, the rest is', (args) => {
  const title = titleAfter([...args, '--updated']);
  expect(title).toMatch(/^\/usr\/bin\/cpis-viewer .*--updated$/);
  expect(title).not.toMatch(/9990000018|2015-08-14/);
});

test('without a link nothing is changed', () => {
  expect(titleAfter(['audit', 'verify'])).toBe('as it was');
});

test('elsewhere than on Linux, where a title is another thing, nothing is changed', () => {
  expect(titleAfter([link], 'win32')).toBe('as it was');
});
