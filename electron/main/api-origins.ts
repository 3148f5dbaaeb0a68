/** Every origin that the main process may send a request to. */
import { clockOrigins } from '../network/clock-origins.ts';
import { type Environment, signersOf } from '../settings/environment.ts';

export function apiOrigins(environment: Environment): ReadonlySet<string> {
  const { launch, platform } = environment;
  const remoteSigners = signersOf(environment).flatMap((signer) =>
    signer.kind === 'remote' ? [signer.baseUrl] : [],
  );
  const revocation = platform.revocationUrl === undefined ? [] : [platform.revocationUrl];
  const redeemer = launch === undefined ? [] : [launch.redeemUrl];
  return new Set([
    ...clockOrigins(environment),
    ...[...revocation, ...remoteSigners, ...redeemer].map((address) => new URL(address).origin),
  ]);
}
