import { expect, test } from 'vitest';
import { parseEnvironment } from '../settings/parse-environment.ts';
import { expectedIssuers } from './expected-issuers.ts';

const hash = (letter: string) => `sha256/${letter.repeat(43)}=`;
const [authority, cloud, trust, spare] = [hash('A'), hash('B'), hash('C'), hash('D')];

const remote = { kind: 'remote', kid: 'k', key: 'k', tokenFile: '/token' };
const site = {
  preset: 'integration',
  cis2: {
    clientId: 'client',
    signInHosts: ['pages.example:8443'],
    clientAuthentication: {
      method: 'private_key_jwt',
      signer: { ...remote, baseUrl: 'https://keys.trust.example' },
    },
  },
  platform: { apiKey: 'key', signer: { ...remote, baseUrl: 'https://vault.trust.example:8200' } },
};

function expected(certificateIssuers: unknown) {
  const parsed = parseEnvironment({ ...site, certificateIssuers });
  return parsed.kind === 'valid' ? Object.fromEntries(expectedIssuers(parsed.environment)) : parsed.problems;
}

test('each kind of host has the issuers that are named for it, and the others whom the system trusts', () => {
  expect(expected({ careIdentity: [authority], signer: [trust, spare] })).toEqual({
    'am.nhsint.auth-ptl.cis2.spineservices.nhs.uk': [[authority]],
    'pages.example': [[authority]],
    'vault.trust.example': [[trust, spare]],
    'keys.trust.example': [[trust, spare]],
  });
  expect(expected(undefined)).toEqual({});
});

test('a host that is the platform and a service must meet both', () => {
  expect(expected({ platform: [authority], services: [cloud] })).toEqual({
    'int.api.service.nhs.uk': [[authority], [cloud]],
  });
});

test.each([
  [
    'a fingerprint in hexadecimal',
    { platform: ['ab:cd'] },
    'certificateIssuers.platform.0: must be "sha256/"',
  ],
  [
    'an empty list, which no certificate could meet',
    { platform: [] },
    'certificateIssuers.platform: must name one',
  ],
  ['a misspelt kind of host', { platfrom: [authority] }, 'certificateIssuers.platfrom: is not a known field'],
])('%s is refused', (_case, certificateIssuers, problem) => {
  expect(JSON.stringify(expected(certificateIssuers)).replaceAll('\\', '')).toContain(problem);
});
