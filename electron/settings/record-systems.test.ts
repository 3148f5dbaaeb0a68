/** The record systems of `launch.recordSystems`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectedIssuers } from '../main/expected-issuers.ts';
import { launchAddresses } from './environment.ts';
import { parseEnvironment } from './parse-environment.ts';
import { loopback, problemsOf } from './testing/loopback-environment.ts';

const emis = { iss: 'https://ehr.example/fhir', clientId: 'cpis-viewer' };
/** With stored keys: a development key is refused beside a record system on another computer. */
const signer = { kind: 'stored', kid: 'k1', name: 'site' };
const base = {
  ...loopback,
  cis2: { ...loopback.cis2, clientAuthentication: { method: 'private_key_jwt', signer } },
  platform: { ...loopback.platform, signer },
};
const withSystems = (...recordSystems: unknown[]) => ({ ...base, launch: { recordSystems } });
const field = 'launch.recordSystems.0';

test('a record system needs its iss and a client id, and has the safest defaults', () => {
  expect(parseEnvironment(withSystems(emis))).toMatchObject({
    environment: {
      launch: {
        recordSystems: [
          {
            ...emis,
            redirectUri: 'http://127.0.0.1:47114/launch',
            scopes: ['launch'],
            surface: 'window',
            hosts: [],
            nhsNumberAt: '/patient',
            nhsNumberForm: 'identifier',
          },
        ],
      },
    },
  });
});

describe('is refused', () => {
  test.each([
    ['plain HTTP', { iss: 'http://ehr.example/fhir' }, `${field}.iss: must be an https address`],
    ['no client', { clientId: '' }, `${field}.clientId: must not be empty`],
    ['a misspelt field', { birthDate: '/x' }, `${field}.birthDate: is not a known field`],
    ['a pointer that is none', { nhsNumberAt: 'patient' }, `${field}.nhsNumberAt: must be a JSON pointer`],
    ['scopes without launch', { scopes: ['openid'] }, `${field}.scopes: must include "launch"`],
    [
      'a claim of an ID token that is not asked for',
      { nhsNumberAt: '/id_token/nhs_number' },
      `${field}.scopes: must include "openid" where a claim of the ID token is read`,
    ],
    ['a redirect to another scheme', { redirectUri: 'evil://auth' }, `${field}.redirectUri`],
    ['a redirect with a query', { redirectUri: 'cpis-viewer://auth?x' }, `${field}.redirectUri`],
    [
      'a redirect that no listener can receive',
      { surface: 'system-browser', redirectUri: 'cpis-viewer://auth' },
      `${field}.redirectUri: must be http://127.0.0.1 with a port where ${field}.surface is "system-browser"`,
    ],
  ])('%s', (_what, change, problem) => {
    expect(problemsOf(withSystems({ ...emis, ...change })).join('\n')).toContain(problem);
  });

  test('one that is there twice', () => {
    expect(problemsOf(withSystems(emis, emis))).toEqual(['launch.recordSystems.1.iss: is there twice']);
  });
});

test.each(['cpis-viewer://auth', 'https://site.example/auth'])(
  'a redirect to %s is accepted',
  (redirectUri) => {
    expect(problemsOf(withSystems({ ...emis, redirectUri }))).toEqual([]);
  },
);

test('the record system that docs/launch.md shows is accepted', async () => {
  const page = await readFile(path.resolve(import.meta.dirname, '../../docs/launch.md'), 'utf8');
  const [, example = ''] = /```json\n([^`]*)```/.exec(page) ?? [];
  expect(problemsOf({ ...base, ...JSON.parse(example) })).toEqual([]);
});

test('its hosts are reached, and have the certificate issuers of a launch', () => {
  const certificateIssuers = { launch: [`sha256/${'A'.repeat(43)}=`] };
  const system = { ...emis, issuer: 'https://login.example/t', hosts: ['pages.example:8443'] };
  const parsed = parseEnvironment({ ...withSystems(system), certificateIssuers });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  expect(launchAddresses(parsed.environment.launch)).toEqual([
    'https://ehr.example/fhir',
    'https://login.example/t',
    'https://login.example/t',
    'https://pages.example:8443',
  ]);
  expect([...expectedIssuers(parsed.environment).keys()]).toEqual([
    'ehr.example',
    'login.example',
    'pages.example',
  ]);
});
