/** Every origin that the main process may talk to. */
import { type Environment, signersOf } from '../settings/environment.ts';

export function apiOrigins(environment: Environment): ReadonlySet<string> {
  const { cis2, platform, pds, cpis, launch } = environment;
  const { protocol } = new URL(cis2.issuer);
  const remoteSigners = signersOf(environment).flatMap((signer) =>
    signer.kind === 'remote' ? [signer.baseUrl] : [],
  );
  const revocation = platform.revocationUrl === undefined ? [] : [platform.revocationUrl];
  const redeemer = launch === undefined ? [] : [launch.redeemUrl];
  return new Set([
    ...[
      cis2.issuer,
      platform.tokenUrl,
      pds.baseUrl,
      cpis.baseUrl,
      ...revocation,
      ...remoteSigners,
      ...redeemer,
    ].map((address) => new URL(address).origin),
    ...cis2.signInHosts.map((host) => new URL(`${protocol}//${host}`).origin),
  ]);
}
