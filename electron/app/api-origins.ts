/** Every origin that the main process may talk to. */
import { clockOrigins } from '../network/clock-origins.ts';
import { type Environment, signersOf } from '../settings/environment.ts';

export function apiOrigins(environment: Environment): ReadonlySet<string> {
  const { launch } = environment;
  const remoteSigners = signersOf(environment).flatMap((signer) =>
    signer.kind === 'remote' ? [signer.baseUrl] : [],
  );
  const redeemer = launch === undefined ? [] : [launch.redeemUrl];
  return new Set([
    ...clockOrigins(environment),
    ...[...remoteSigners, ...redeemer].map((address) => new URL(address).origin),
  ]);
}
