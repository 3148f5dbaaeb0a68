import { describe, expect, test } from 'vitest';
import { applyPolicy } from './apply-policy.ts';

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
    'leaves what is no environment to its parser: %j',
    (environment) => expect(applyPolicy(environment, { idleLockMinutes: 5 })).toEqual(environment),
  );
});
