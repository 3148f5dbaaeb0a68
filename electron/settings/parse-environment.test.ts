import { describe, expect, test } from 'vitest';
import { parseEnvironment } from './parse-environment.ts';
import { loopback, problemsOf } from './testing/loopback-environment.ts';

const storedSigner = { kind: 'stored', kid: 'k1', name: 'site' };

/** The values that a site must add to a preset. */
const site = {
  preset: 'integration',
  cis2: { clientId: 'client', clientAuthentication: { method: 'private_key_jwt', signer: storedSigner } },
  platform: { apiKey: 'key', signer: storedSigner },
};

const ofSite = {
  cis2: (cis2: object) => ({ cis2: { ...site.cis2, ...cis2 } }),
  platform: (platform: object) => ({ platform: { ...site.platform, ...platform } }),
};

const withPds = (baseUrl: string) => ({ ...loopback, pds: { baseUrl } });
const withProxy = (proxy: string, further: object = {}) => ({
  ...loopback,
  proxyLogIn: { proxy, file: '/log-in', ...further },
});
const withPlatform = (platform: object) => ({ ...loopback, platform: { ...loopback.platform, ...platform } });
const withSession = (session: object) => ({ ...loopback, session });
const withCis2 = (cis2: object) => ({ ...loopback, cis2: { ...loopback.cis2, ...cis2 } });

test('an environment gets the safe defaults', () => {
  expect(parseEnvironment(withCis2({ redirectUri: undefined }))).toMatchObject({
    kind: 'valid',
    environment: {
      careSetting: 'user-chooses',
      cis2: {
        strongestAcrValues: 'AAL3_ANY',
        leastAuthenticationAssurance: 2,
        redirectUri: 'http://127.0.0.1:47113/callback',
        rolePicker: false,
        surface: 'window',
      },
      pds: { sendRole: true, sendOrganisation: true },
      cpis: { wireFormat: 'care-team', historyRequest: 'silent', sendRole: false, sendOrganisation: false },
      session: { idleLockMinutes: 15, absoluteHours: 12 },
    },
  });
});

describe('a wrong file is told by the field', () => {
  test.each([
    ['a missing field', { live: false }, 'tag: is missing'],
    ['a missing object', { ...loopback, pds: undefined }, 'pds: must be an object'],
    [
      'a missing way to authenticate',
      withCis2({ clientAuthentication: {} }),
      'cis2.clientAuthentication.method: ',
    ],
    ['an unknown field', { ...loopback, proxy: 'x' }, 'proxy: is not a known field'],
    ['a proxy without its port', withProxy('proxy.example'), 'proxyLogIn.proxy: must be a host and a port'],
    [
      'a password where only its file may be named',
      withProxy('proxy.example:8080', { password: 'hunter2' }),
      'proxyLogIn.password: is not a known field',
    ],
    ['a number for a text', { ...loopback, tag: 4 }, 'tag: must be a text'],
    ['a text for a yes or no', { ...loopback, live: 'no' }, 'live: must be true or false'],
    ['an empty text', withCis2({ clientId: '' }), 'cis2.clientId: must not be empty'],
    ['an object for a list', withCis2({ scopes: {} }), 'cis2.scopes: must be a list'],
    ['scopes without "openid"', withCis2({ scopes: ['profile'] }), 'cis2.scopes: must include "openid"'],
    [
      'a word that is none of the choice',
      withCis2({ surface: 'tab' }),
      'cis2.surface: must be "window" or "system-browser"',
    ],
    [
      'a half number',
      withCis2({ leastIdentityAssurance: 2.5 }),
      'cis2.leastIdentityAssurance: must be a whole number',
    ],
    [
      'an assurance level that PDS does not take',
      withCis2({ leastAuthenticationAssurance: 1 }),
      'cis2.leastAuthenticationAssurance: must be at least 2',
    ],
    [
      'an assurance level that Care Identity does not have',
      withCis2({ leastAuthenticationAssurance: 4 }),
      'cis2.leastAuthenticationAssurance: must be at most 3',
    ],
    [
      'a level of identity that proves nothing',
      withCis2({ leastIdentityAssurance: 0 }),
      'cis2.leastIdentityAssurance: must be at least 2',
    ],
    [
      'too small a number',
      withSession({ idleLockMinutes: 0 }),
      'session.idleLockMinutes: must be at least 1',
    ],
    ['too large a number', withSession({ absoluteHours: 13 }), 'session.absoluteHours: must be at most 12'],
    ['too long a tag', { ...loopback, tag: 'x'.repeat(25) }, 'tag: must be at most 24 characters'],
    ['a host that is none', withCis2({ signInHosts: ['https://x/'] }), 'cis2.signInHosts.0: must be a host'],
    ['plain http to another machine', withPds('http://example.org/'), 'pds.baseUrl: must be an https'],
    ['"localhost", which a resolver may redirect', withPds('http://localhost/'), 'pds.baseUrl: '],
    ['credentials in a URL', withPds('https://u:p@example.org/'), 'pds.baseUrl: must carry no'],
    ['no redirect URI at all', withCis2({ redirectUri: 'nhs' }), 'cis2.redirectUri: must be a URL'],
    ['no URL at all', withPds('nhs'), 'pds.baseUrl: must be a URL'],
    [
      'a redirect URI with a query',
      withCis2({ redirectUri: 'http://127.0.0.1:1/cb?a=b' }),
      'cis2.redirectUri: must be written in full',
    ],
    [
      'a redirect URI without a path',
      withCis2({ redirectUri: 'http://127.0.0.1:1' }),
      'cis2.redirectUri: must be written in full',
    ],
    ['another type altogether', 'text', 'the file: must be an object'],
  ])('%s', (_case, value, problem) => {
    expect(problemsOf(value).join('\n')).toContain(problem);
  });

  test.each([
    ['an address', withPds('http://hunter2.example/')],
    ['a secret in the wrong place', withCis2({ surface: 'hunter2' })],
    [
      'a secret of the wrong type',
      withCis2({ clientAuthentication: { method: 'client_secret_post', clientSecret: ['hunter2'] } }),
    ],
    ['a secret that is too long', { ...loopback, tag: 'hunter2'.repeat(10) }],
    ['a key that is not one', withPlatform({ signer: { ...storedSigner, name: 'hunter2 hunter2' } })],
    ['an unknown preset', { ...site, preset: 'hunter2' }],
  ])('and the value is never repeated: %s', (_case, value) => {
    expect(problemsOf(value)).not.toEqual([]);
    expect(problemsOf(value).join()).not.toContain('hunter2');
  });
});

describe('the rules that join fields', () => {
  test.each([
    ['CP-IS', { cpis: { baseUrl: 'https://int.api.service.nhs.uk/cpis/FHIR/R4' } }],
    ['the revocation endpoint', withPlatform({ revocationUrl: 'https://x.example/revoke' })],
    ['the redeeming server', { launch: { redeemUrl: 'https://codes.example/redeem' } }],
    ['a record system', { launch: { recordSystems: [{ iss: 'https://ehr.example/fhir', clientId: 'c' }] } }],
  ])('a development key is refused as soon as %s is not on this computer', (_what, change) => {
    expect(problemsOf({ ...loopback, ...change })).toEqual([
      'platform.signer: a development key may be used only where every address is on this computer',
    ]);
  });

  test.each([
    ['cis2.issuer', ofSite.cis2({ issuer: 'https://127.0.0.1:4001/realm' })],
    ['platform.tokenUrl', ofSite.platform({ tokenUrl: 'https://[::1]/oauth2/token' })],
    ['platform.revocationUrl', ofSite.platform({ revocationUrl: 'http://127.0.0.1:4002/revoke' })],
    ['pds.baseUrl', { pds: { baseUrl: 'http://127.0.0.1:4002/pds' } }],
    ['cpis.baseUrl', { cpis: { baseUrl: 'http://127.0.0.1:4002/cpis' } }],
  ])('H16: a live environment has no service on this computer: %s', (field, change) => {
    expect(problemsOf({ ...site, preset: 'production', ...change })).toEqual([
      `${field}: must not be on this computer where live is true`,
    ]);
    expect(problemsOf({ ...site, ...change })).toEqual([]);
  });

  test.each(['https://site.example/callback', 'http://127.0.0.1/callback'])(
    'the system browser needs an address to listen on, not %s',
    (redirectUri) => {
      const problems = problemsOf(withCis2({ surface: 'system-browser', redirectUri }));
      expect(problems.join()).toContain('cis2.redirectUri');
    },
  );

  test('the role picker needs the header that tells the services of the choice', () => {
    expect(problemsOf(withCis2({ rolePicker: true }))).toEqual([
      'cpis.sendRole: must be true where cis2.rolePicker is',
    ]);
    const cpis = { ...loopback.cpis, sendRole: true };
    expect(parseEnvironment({ ...withCis2({ rolePicker: true }), cpis }).kind).toBe('valid');
    const pds = { ...loopback.pds, sendRole: false };
    expect(problemsOf({ ...withCis2({ rolePicker: true }), cpis, pds })).toEqual([
      'pds.sendRole: must be true where cis2.rolePicker is',
    ]);
  });
});

describe('a setting of an earlier version', () => {
  test.each([true, false])(
    'the one role header (%s) is read as those of both services, with a note',
    (sent) => {
      const parsed = parseEnvironment({ ...loopback, cpis: { ...loopback.cpis, sendRoleHeader: sent } });
      expect(parsed).toMatchObject({
        kind: 'valid',
        environment: { pds: { sendRole: sent }, cpis: { sendRole: sent } },
        notes: ['cpis.sendRoleHeader is now pds.sendRole and cpis.sendRole: it is read as both.'],
      });
    },
  );

  test('is refused beside the settings that replace it, and with a value that it never had', () => {
    const unknown = ['cpis.sendRoleHeader: is not a known field'];
    const cpis = { ...loopback.cpis, sendRoleHeader: true };
    expect(problemsOf({ ...loopback, cpis: { ...cpis, sendRole: true } })).toEqual(unknown);
    expect(problemsOf({ ...loopback, cpis, pds: { ...loopback.pds, sendRole: false } })).toEqual(unknown);
    expect(problemsOf({ ...loopback, cpis: { ...cpis, sendRoleHeader: 'yes' } })).toEqual(unknown);
  });

  test('a file of today has no note', () => {
    expect(parseEnvironment(loopback)).toMatchObject({ notes: [] });
  });
});

describe('a preset', () => {
  test('brings the published addresses, and a site adds its own values', () => {
    expect(parseEnvironment(site)).toMatchObject({
      kind: 'valid',
      environment: {
        tag: 'INTEGRATION',
        live: false,
        cis2: {
          issuer:
            'https://am.nhsint.auth-ptl.cis2.spineservices.nhs.uk:443/openam/oauth2/realms/root/realms/NHSIdentity/realms/Healthcare',
          clientId: 'client',
        },
        platform: { tokenUrl: 'https://int.api.service.nhs.uk/oauth2/token', apiKey: 'key' },
        pds: { baseUrl: 'https://int.api.service.nhs.uk/personal-demographics/FHIR/R4' },
        cpis: { baseUrl: 'https://int.api.service.nhs.uk/cpis/FHIR/R4' },
      },
    });
    expect(parseEnvironment({ ...site, preset: 'production' })).toMatchObject({
      environment: {
        tag: 'LIVE',
        live: true,
        cis2: {
          issuer:
            'https://am.nhsidentity.spineservices.nhs.uk:443/openam/oauth2/realms/root/realms/NHSIdentity/realms/Healthcare',
        },
        platform: { tokenUrl: 'https://api.service.nhs.uk/oauth2/token' },
      },
    });
  });

  test('names what a site still has to supply, and nothing else', () => {
    expect(problemsOf({ preset: 'production' })).toEqual([
      'cis2.clientId: is missing',
      'cis2.clientAuthentication: is missing',
      'platform.apiKey: is missing',
      'platform.signer: is missing',
    ]);
  });

  test('gives way to the file, member by member', () => {
    const baseUrl = 'https://int.api.service.nhs.uk/patient-flags-api/FHIR/R4';
    const given = { tag: 'TRAINING', cpis: { wireFormat: 'patient-flags', baseUrl } };
    const pds = { baseUrl: expect.stringContaining('/personal-demographics/') };
    expect(parseEnvironment({ ...site, ...given })).toMatchObject({ environment: { ...given, pds } });
  });

  test.each([
    ['production', false],
    ['integration', true],
  ])('of %s never says that live is %s', (preset, live) => {
    expect(problemsOf({ ...site, preset, live })).toEqual(['live: is decided by the preset']);
  });

  test('is never mixed with the other: real people are not looked up with test identities', () => {
    const pds = { baseUrl: 'https://api.service.nhs.uk/personal-demographics/FHIR/R4' };
    expect(problemsOf({ ...site, pds })).toEqual([
      'pds.baseUrl: is of another national environment than the preset',
    ]);
  });

  test.each([
    [
      'cis2.issuer',
      ofSite.cis2({ issuer: 'https://am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk:443/openam' }),
    ],
    ['cis2.signInHosts.0', ofSite.cis2({ signInHosts: ['am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk'] })],
    ['platform.tokenUrl', ofSite.platform({ tokenUrl: 'https://ref.api.service.nhs.uk/oauth2/token' })],
    ['cpis.baseUrl', { cpis: { baseUrl: 'https://sandbox.api.service.nhs.uk/cpis/FHIR/R4' } }],
  ])('H16: has no host of another national environment beside it: %s', (field, other) => {
    for (const preset of ['production', 'integration'])
      expect(problemsOf({ ...site, preset, ...other })).toEqual([
        `${field}: is of another national environment than the preset`,
      ]);
  });

  test('may have services of the site itself beside it', () => {
    const pds = { baseUrl: 'https://gateway.trust.example/personal-demographics/FHIR/R4' };
    expect(parseEnvironment({ ...site, pds }).kind).toBe('valid');
  });
});

describe('without a preset', () => {
  const gateway = 'https://gateway.trust.example';
  const file = (cpis: string, live: boolean, issuer = gateway) => ({
    tag: 'SITE',
    live,
    ...ofSite.cis2({ issuer }),
    ...ofSite.platform({ tokenUrl: `${gateway}/token` }),
    pds: { baseUrl: `${gateway}/pds` },
    cpis: { baseUrl: cpis },
  });

  test.each([
    'https://api.service.nhs.uk/cpis/FHIR/R4',
    'https://API.SERVICE.NHS.UK/cpis/FHIR/R4',
    'https://api.service.nhs.uk:8443/cpis/FHIR/R4',
  ])('H16: an address of production counts as live: %s', (cpis) => {
    expect(problemsOf(file(cpis, false))).toEqual([
      'live: must be true where an address is a production service',
    ]);
    expect(problemsOf(file(cpis, true))).toEqual([]);
  });

  test('H16: an address for tests never counts as live', () => {
    expect(problemsOf(file('https://ref.api.service.nhs.uk/cpis/FHIR/R4', true))).toEqual([
      'live: must be false where an address is a national service for tests',
    ]);
  });

  test('H16: production is mixed with no other national environment', () => {
    const issuer = 'https://am.nhsdev.auth-ptl.cis2.spineservices.nhs.uk:443/openam';
    expect(problemsOf(file('https://api.service.nhs.uk/cpis/FHIR/R4', true, issuer))).toEqual([
      'cpis.baseUrl, cis2.issuer: production and another national environment must not be mixed',
    ]);
  });

  test('a host that ends with a dot is refused: it is another one to whatever compares hosts', () => {
    expect(problemsOf(file('https://api.service.nhs.uk./cpis/FHIR/R4', true))).toEqual([
      'cpis.baseUrl: must not end its host with a dot',
    ]);
    expect(problemsOf(withCis2({ signInHosts: ['login.example.'] })).join()).toContain('must be a host');
  });
});
