/**
 * Opens connections to the API platform and to PDS while the user is at Care Identity's page, so that the first requests with a
 * token do not wait for them. Each is opened by a request without a token, a user or a patient, whose answer nobody reads:
 * Chromium keeps connections of requests without credentials apart, and `session.preconnect` opens none of those.
 */
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';

/** They may be repeated, so they never use the session of the requests that notify (H4). */
export function openConnections(
  { platform, pds }: Pick<Environment, 'platform' | 'pds'>,
  network: Pick<Network, 'request'>,
  timeoutMs: number,
): void {
  for (const origin of new Set([platform.tokenUrl, pds.baseUrl].map((address) => new URL(address).origin))) {
    void network.request({ method: 'HEAD', url: new URL(origin), headers: {}, timeoutMs });
  }
}
