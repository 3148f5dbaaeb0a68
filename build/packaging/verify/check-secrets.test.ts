import { expect, test } from 'vitest';
import { secretProblems, secretsInArchive } from './check-secrets.ts';

// Put together here, so that this file itself holds nothing that looks like one.
const key = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC';
const header = `eyJ${'hbGciOiJSUzUxMiJ9'}`;

test.each([
  ['a private key', `${key}\n${body}`],
  ['a private key in a script', `"${key}\\n${body}"`],
  ['a private JSON Web Key', `{"kty":"RSA","n":"x","d":"${body}"}`],
  ['a private JSON Web Key in a script', `{kty:"RSA",d:"${body}"}`],
  ['a signed token', `${header}.${header}.${body}`],
  ['a bearer token', `"Bearer ${body}"`],
  ["a registry's token", `npm_${body}`],
  ["a cloud provider's key", `AKIA${'ABCDEFGHIJKLMNOP'}`],
  ['an address with a password', 'https://user:secret@example.org/'],
  ['a path of the machine', '/home/builder/cpis-viewer/electron'],
  ['an address of a file on the machine', 'file:///home/builder/cpis-viewer'],
  ['a path of a Windows machine', 'C:\\\\Users\\\\builder'],
])('%s is found, and not repeated', (_what, text) => {
  const [problem, ...others] = secretProblems('main.js', text);
  expect(others).toEqual([]);
  expect(problem).toMatch(/^main\.js: holds /);
  expect(problem).not.toContain(body);
});

test.each([
  ["a library's test for a key", `if (pem.indexOf("${key}") !== 0) throw new TypeError()`],
  ['a public JSON Web Key', '{"kty":"RSA","n":"abcdefghijklmnopqrstuvwxyz","e":"AQAB"}'],
  ['the word of a header', 'headers.set("authorization", "Bearer ".concat(token))'],
  ['a part of an address', '/openam/oauth2/realms/root/realms/NHSIdentity'],
  ['an address with a port', 'http://127.0.0.1:8080/user@example'],
])('%s is none', (_what, text) => {
  expect(secretProblems('main.js', text)).toEqual([]);
});

test('what lies beside the archive is read as well', () => {
  const file = (name: string, text: string) => ({ name, content: Buffer.from(text), intact: true });
  const problems = secretsInArchive({
    files: [file('main.js', 'start()')],
    unpacked: [file('pkcs11.node', `\0\xff${key}\n${body}\0`)],
  });
  expect(problems).toEqual(['pkcs11.node: holds what looks like a private key']);
});
