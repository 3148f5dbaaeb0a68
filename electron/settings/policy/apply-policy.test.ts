import { describe, expect, test } from 'vitest';
import { applyPolicy, blame } from './apply-policy.ts';

describe('the policy over the environment file', () => {
  test('wins where both speak, and leaves the rest', () => {
    const environment = {
      tag: 'LIVE',
      session: { idleLockMinutes: 30, absoluteHours: 8 },
      cpis: { baseUrl: 'x' },
    };
    const policy = { idleLockMinutes: 5, wireFormat: 'patient-flags', careSetting: 'scheduled' } as const;
    expect(applyPolicy(environment, policy)).toEqual({
      tag: 'LIVE',
      session: { idleLockMinutes: 5, absoluteHours: 8 },
      cpis: { baseUrl: 'x', wireFormat: 'patient-flags' },
      careSetting: 'scheduled',
    });
    expect(environment.session.idleLockMinutes).toBe(30);
  });

  test('makes the object that a field is in', () => {
    expect(applyPolicy({}, { auditForwardTo: 'logs:6514' })).toEqual({ audit: { forwardTo: 'logs:6514' } });
  });

  test('replaces a signer as a whole', () => {
    const platform = { signer: { kind: 'pkcs11', library: '/lib' }, apiKey: 'k' };
    const platformSigner = { kind: 'stored', kid: 'k2', name: 'n' };
    expect(applyPolicy({ platform }, { platformSigner })).toEqual({
      platform: { signer: platformSigner, apiKey: 'k' },
    });
  });

  test('names the keys that take over', () => {
    const nextPlatformSigner = {
      from: '2028-01-15T06:00:00Z',
      signer: { kind: 'stored', kid: 'k2', name: 'n' },
    };
    const nextCareIdentitySigner = { ...nextPlatformSigner, from: '2028-01-16T06:00:00Z' };
    expect(applyPolicy({}, { nextPlatformSigner, nextCareIdentitySigner })).toEqual({
      platform: { nextSigner: nextPlatformSigner },
      cis2: { clientAuthentication: { nextSigner: nextCareIdentitySigner } },
    });
  });

  test.each([[null], ['text'], [[]], [{ session: 'text' }]])(
    'leaves a value that is no object to the parser: %j',
    (environment) => expect(applyPolicy(environment, { idleLockMinutes: 5 })).toEqual(environment),
  );
});

describe('a problem of the environment is looked for where the value is', () => {
  const policy = {
    platformSigner: { kind: 'stored', kid: 'k' },
    signInSurface: 'system-browser',
    idleLockMinutes: 5,
  } as const;
  const places = {
    platformSigner: '/etc/cpis-viewer/policy.json',
    signInSurface: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\CP-IS Viewer',
    idleLockMinutes: 'the copy kept from before',
  };

  test.each([
    [
      'platform.signer.name: is missing',
      "The policy's platformSigner (in /etc/cpis-viewer/policy.json)",
      'platform.signer.name: is missing',
    ],
    [
      'session.idleLockMinutes: must be at least 10',
      "The policy's idleLockMinutes (in the copy kept from before)",
      'session.idleLockMinutes: must be at least 10',
    ],
    ['platform.apiKey: is missing', undefined, 'platform.apiKey: is missing'],
    ['platform.signers: is not a known field', undefined, 'platform.signers: is not a known field'],
    [
      'cis2.redirectUri: must be http://127.0.0.1 with a port where cis2.surface is "system-browser"',
      undefined,
      'cis2.redirectUri: must be http://127.0.0.1 with a port where cis2.surface is "system-browser"; cis2.surface is the policy\'s signInSurface (in HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\CP-IS Viewer)',
    ],
  ])('%s', (problem, setting, said) =>
    expect(blame(problem, policy, places)).toEqual({ setting, problem: said }),
  );
});
