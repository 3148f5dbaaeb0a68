import { describe, expect, test } from 'vitest';
import { parseEnvironment } from './environment.ts';

const jwk = { kty: 'RSA', n: 'n', e: 'AQAB', d: 'd', p: 'p', q: 'q', dp: 'dp', dq: 'dq', qi: 'qi' };
const developmentSigner = { kind: 'development', kid: 'k1', privateKey: jwk };

const loopback = {
  tag: 'SIMULATOR',
  live: false,
  cis2: {
    issuer: 'http://127.0.0.1:4001/realm',
    clientId: 'client',
    redirectUri: 'http://127.0.0.1:4003/callback',
    clientAuthentication: { method: 'private_key_jwt', signer: developmentSigner },
  },
  platform: { tokenUrl: 'http://127.0.0.1:4002/oauth2/token', apiKey: 'key', signer: developmentSigner },
  pds: { baseUrl: 'http://127.0.0.1:4002/personal-demographics/FHIR/R4' },
  cpis: { baseUrl: 'http://127.0.0.1:4002/cpis/FHIR/R4' },
};

const problemsOf = (value: unknown) => {
  const parsed = parseEnvironment(value);
  return parsed.kind === 'invalid' ? parsed.problems : [];
};

describe('an environment', () => {
  test('gets the safe defaults', () => {
    const parsed = parseEnvironment(loopback);
    expect(parsed).toMatchObject({
      kind: 'valid',
      environment: {
        careSetting: 'user-chooses',
        cis2: {
          acrValues: 'AAL3_ANY',
          leastAuthenticationAssurance: 3,
          rolePicker: false,
          surface: 'window',
        },
        cpis: { wireFormat: 'care-team', historyRequest: 'silent', sendRoleHeader: false },
        session: { idleLockMinutes: 15, absoluteHours: 12 },
      },
    });
  });

  test.each([
    ['a missing field', { live: false }, 'tag: is missing'],
    ['an unknown field', { ...loopback, proxy: 'x' }, 'proxy: is not a known field'],
    [
      'plain http to another machine',
      { ...loopback, pds: { baseUrl: 'http://example.org/' } },
      'pds.baseUrl: ',
    ],
    [
      '"localhost", which a resolver may redirect',
      { ...loopback, pds: { baseUrl: 'http://localhost/' } },
      'pds.baseUrl: ',
    ],
    ['credentials in a URL', { ...loopback, pds: { baseUrl: 'https://u:p@example.org/' } }, 'pds.baseUrl: '],
    ['another type altogether', 'text', 'the file: '],
  ])('names the field for %s', (_case, value, problem) => {
    expect(problemsOf(value).join('\n')).toContain(problem);
  });

  test('a development key is refused as soon as one address is not on this computer', () => {
    expect(
      problemsOf({ ...loopback, cpis: { baseUrl: 'https://int.api.service.nhs.uk/cpis/FHIR/R4' } }),
    ).toEqual(['signer: a development key may be used only where every address is on this computer']);
  });

  test('a problem never repeats a value', () => {
    expect(problemsOf({ ...loopback, pds: { baseUrl: 'http://secret.example/' } }).join()).not.toContain(
      'secret',
    );
  });
});
