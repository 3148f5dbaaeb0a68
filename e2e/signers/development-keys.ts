/** The keys whose public halves the simulator knows, for bringing them into the place that a test is about. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Simulator } from '../../simulator/client.ts';

export interface DevelopmentKey {
  readonly kid: string;
  readonly key: KeyObject;
  /** PKCS #8. */
  readonly pem: string;
}

export type Use = 'platform' | 'care-identity';

/** With its private half. */
export function developmentKey(simulator: Simulator, use: Use): DevelopmentKey {
  const { kid, privateKey } = signerOf(simulator.environment, use);
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  return { kid, key, pem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** The simulator's environment with other signers in it: the text for `environmentText`. */
export function environmentWith(
  simulator: Simulator,
  signerFor: (use: Use, kid: string) => Readonly<Record<string, unknown>>,
): string {
  const environment = structuredClone(simulator.environment);
  for (const use of ['platform', 'care-identity'] as const) {
    const { kid } = signerOf(environment, use);
    holderOf(environment, use)['signer'] = { kid, ...signerFor(use, kid) };
  }
  return JSON.stringify(environment);
}

function signerOf(environment: Readonly<Record<string, unknown>>, use: Use) {
  return holderOf(environment, use)['signer'] as {
    readonly kid: string;
    readonly privateKey: import('node:crypto').JsonWebKey;
  };
}

function holderOf(environment: Readonly<Record<string, unknown>>, use: Use): Record<string, unknown> {
  if (use === 'platform') return environment['platform'] as Record<string, unknown>;
  const { clientAuthentication } = environment['cis2'] as { clientAuthentication: Record<string, unknown> };
  return clientAuthentication;
}
