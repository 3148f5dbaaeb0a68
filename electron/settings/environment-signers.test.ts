import { describe, expect, test } from 'vitest';
import { parseEnvironment } from './parse-environment.ts';
import { developmentSigner, loopback, problemsOf } from './testing/loopback-environment.ts';

describe('signers', () => {
  const stored = { kind: 'stored', kid: 'k2', name: 'site' };
  const pkcs11 = {
    kind: 'pkcs11',
    kid: 'k2',
    library: '/usr/lib/token.so',
    tokenLabel: 'site',
    keyLabel: 'signing',
    pinFile: 'C:\\ProgramData\\CP-IS Viewer\\pin',
  };
  const remote = {
    kind: 'remote',
    kid: 'k2',
    baseUrl: 'https://keys.example',
    key: 'site',
    tokenFile: '/run/token',
  };
  const withNext = (signer: unknown, from: unknown = '2027-01-15T06:00:00Z') => ({
    ...loopback,
    platform: { ...loopback.platform, nextSigner: { from, signer } },
  });

  test('one key may take over from another of a different kind', () => {
    for (const signer of [stored, pkcs11, remote]) expect(problemsOf(withNext(signer))).toEqual([]);
    expect(parseEnvironment(withNext(remote))).toMatchObject({
      environment: {
        platform: { nextSigner: { from: 1_799_992_800_000, signer: { mount: 'transit', keyVersion: 1 } } },
      },
    });
  });

  test.each([
    ['a day without an hour', withNext(stored, '2027-01-15'), 'platform.nextSigner.from: must be a time'],
    [
      'a library by its name alone',
      withNext({ ...pkcs11, library: 'token.so' }),
      'library: must be an absolute',
    ],
    ['a relative PIN file', withNext({ ...pkcs11, pinFile: 'pin' }), 'pinFile: must be an absolute path'],
    ['a PIN in the file', withNext({ ...pkcs11, pin: '1234' }), 'pin: is not a known field'],
    ['a token in the file', withNext({ ...remote, token: 'hvs' }), 'token: is not a known field'],
    [
      'a key service without TLS',
      withNext({ ...remote, baseUrl: 'http://keys.example' }),
      'baseUrl: must be',
    ],
    ['a mount that leads elsewhere', withNext({ ...remote, mount: '../sys' }), 'mount: '],
    ['a key name that leads elsewhere', withNext({ ...stored, name: '../x' }), 'name: must be 1 to 64'],
  ])('%s is refused', (_case, value, problem) => {
    expect(problemsOf(value).join('\n')).toContain(problem);
  });

  test('a development key is refused as the next one too', () => {
    const live = { ...loopback, cis2: { ...loopback.cis2, issuer: 'https://am.example/realm' } };
    const { clientAuthentication } = loopback.cis2;
    expect(
      problemsOf({
        ...live,
        cis2: {
          ...live.cis2,
          clientAuthentication: {
            ...clientAuthentication,
            signer: stored,
            nextSigner: { from: '2027-01-15T06:00:00Z', signer: developmentSigner },
          },
        },
        platform: { ...live.platform, signer: stored },
      }),
    ).toEqual([
      'cis2.clientAuthentication.nextSigner: a development key may be used only where every address is on this computer',
    ]);
  });
});
