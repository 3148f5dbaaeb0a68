/** Text that looks like a secret, or like a path of the machine that built it. */
import type { AsarArchive } from './asar-archive.ts';

const secretLooks: readonly (readonly [string, RegExp])[] = [
  // With something behind it: libraries name the header alone, to recognise a key.
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|\s)*[A-Za-z0-9+/=]{20}/],
  ['a private JSON Web Key', /["']?kty["']?\s*:[^{}]*["']?\bd["']?\s*:\s*["'][\w-]{20}/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10}/],
  ['a bearer token', /\b[Bb]earer [A-Za-z0-9._~+/-]{20}/],
  ["a package registry's token", /\b(?:npm|ghp|gho|ghs|github_pat|glpat)[_-][A-Za-z0-9_]{20}/],
  ["a cloud provider's key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['an address with a password in it', /\bhttps?:\/\/[^\s/:@"'`${}]+:[^\s/:@"'`${}]+@/],
];

const machinePath = /(?:(?<![\w.-])\/(?:home|root|Users)\/[\w.-]+\/[\w.-]+|[A-Z]:\\{1,2}Users\\{1,2}[\w.-]+)/;

/** What a text holds that must not be shipped; the text itself is never repeated. */
export function secretProblems(name: string, text: string): readonly string[] {
  return [
    ...secretLooks
      .filter(([, look]) => look.test(text))
      .map(([what]) => `${name}: holds what looks like ${what}`),
    ...(machinePath.test(text) ? [`${name}: holds a path of the machine that built it`] : []),
  ];
}

/** In the archive and beside it; a compiled module is read byte by byte. */
export function secretsInArchive({
  files,
  unpacked,
}: Pick<AsarArchive, 'files' | 'unpacked'>): readonly string[] {
  return [...files, ...unpacked].flatMap(({ name, content }) =>
    secretProblems(name, content.toString('latin1')),
  );
}
