import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedSwitches, refusedSwitches } from './command-line-switches.ts';

describe('a released viewer starts with', () => {
  test.each([
    [[]],
    [['cpis-viewer://launch?code=abc']],
    [['audit', 'verify']],
    [['audit', 'export', '/trail', '--format=csv', '--output=/tmp/trail.csv', '--private-key=/key.pem']],
    [['audit', 'verify', '/trail', '--from=audit-000000008001.jsonl']],
    [['audit', 'export', '/trail', '--format', 'csv', '--output', '/tmp/trail.csv']],
    [['audit', 'report', '--from', '/trail', '--output', '/tmp/report.html', '--since=2026-10-01']],
    [['audit', 'report', '--output=r', '--format=html', '--time-zone=UTC', '--small-numbers=shown']],
    [['--force-renderer-accessibility']],
    [['--ozone-platform=wayland']],
    [['--password-store=gnome-libsecret', 'cpis-viewer://launch']],
    [['--launch=cpis-viewer:launch?code=Zm9vYmFyYmF6']],
  ])('%j', (args) => {
    expect(refusedSwitches(args, 'linux')).toEqual([]);
  });

  test('the serial number that macOS adds, there alone', () => {
    expect(refusedSwitches(['-psn_0_12345'], 'darwin')).toEqual([]);
    expect(refusedSwitches(['-psn_0_12345'], 'linux')).toEqual(['-psn_0_12345']);
  });
});

describe('a released viewer refuses', () => {
  test.each([
    ['--inspect', '--inspect'],
    ['--inspect-brk=0.0.0.0:9229', '--inspect-brk'],
    ['--remote-debugging-port=9222', '--remote-debugging-port'],
    ['--remote-debugging-pipe', '--remote-debugging-pipe'],
    ['--proxy-server=evil:8080', '--proxy-server'],
    ['--proxy-pac-url=http://evil/', '--proxy-pac-url'],
    ['--ignore-certificate-errors', '--ignore-certificate-errors'],
    ['--host-rules=MAP * 127.0.0.1', '--host-rules'],
    ['--host-resolver-rules=MAP * 127.0.0.1', '--host-resolver-rules'],
    ['--load-extension=/tmp/x', '--load-extension'],
    ['--js-flags=--expose-gc', '--js-flags'],
    ['--no-sandbox', '--no-sandbox'],
    ['--user-data-dir=/tmp/x', '--user-data-dir'],
    ['--disable-web-security', '--disable-web-security'],
    ['--enable-logging=file', '--enable-logging'],
    ['--ssl-key-log-file=/tmp/keys', '--ssl-key-log-file'],
    ['--auth-server-whitelist=*', '--auth-server-whitelist'],
    ['--environment=/tmp/x.json', '--environment'],
    ['--require=/tmp/x.js', '--require'],
    ['-r', '-r'],
    ['--', '--'],
    ['-', '-'],
    ['-remote-debugging-port=9222', '-remote-debugging-port'],
    [' --remote-debugging-port=9222', '--remote-debugging-port'],
    ['\t--no-sandbox', '--no-sandbox'],
    ['--updated', '--updated'],
    ['--Force-Renderer-Accessibility', '--Force-Renderer-Accessibility'],
    ['--force-renderer-accessibility=1', '--force-renderer-accessibility'],
    ['--disable-gpu', '--disable-gpu'],
    ['--format=xml', '--format'],
    ['--launch=https://example.org', '--launch'],
    ['--outputs', '--outputs'],
    ['--password-store=basic', '--password-store'],
    ['--password-store', '--password-store'],
    ['--ozone-platform=wayland --no-sandbox', '--ozone-platform'],
  ])('%j', (arg, name) => {
    expect(refusedSwitches([arg], 'linux')).toEqual([name]);
  });

  test('a switch with a slash, on Windows alone', () => {
    expect(refusedSwitches(['/remote-debugging-port=1'], 'win32')).toEqual(['/remote-debugging-port']);
    expect(refusedSwitches(['/home/nurse/file'], 'linux')).toEqual([]);
  });

  test('a switch behind a link, as a forged link would bring it', () => {
    const args = ['cpis-viewer://launch', '--renderer-cmd-prefix=calc', '--', '--gpu-launcher=calc'];
    expect(refusedSwitches(args, 'win32')).toEqual(['--renderer-cmd-prefix', '--', '--gpu-launcher']);
  });
});

test('the message names each once, without its value and without control characters', () => {
  const refused = refusedSwitches(['--a=SECRET', '--a=OTHER', `--b\u001b[2J${'c'.repeat(200)}`], 'linux');
  expect(refused[0]).toBe('--a');
  expect(refused[1]).toMatch(/^--b\?\[2Jc+$/);
  expect(refused[1]).toHaveLength(60);
});

test('whatever follows a dash is refused, unless it is on the list', () => {
  fc.assert(
    fc.property(fc.constantFrom('-', '--', ' --', '\n-'), fc.string(), (dash, rest) => {
      const arg = `${dash}${rest}`;
      const known =
        /^--(?:force-renderer-accessibility|(?:ozone-platform|password-store)=.+|(?:from|format|private-key|output|since|until|time-zone|small-numbers)(?:=.+)?)$/s;
      fc.pre(!known.test(arg.trim()));
      expect(refusedSwitches([arg], 'linux')).toHaveLength(1);
    }),
  );
});

test('the deployment page lists every switch that a release starts with', () => {
  const page = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  const [, section = ''] = /^## Start-up switches$(.*?)^Refused among/ms.exec(page) ?? [];
  const listed = [...section.matchAll(/`--([a-z-]+)/g)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(allowedSwitches.map(({ name }) => name).toSorted());
});
