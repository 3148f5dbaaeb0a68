/**
 * Opens connections to the API platform and to PDS while the user is at Care Identity's page, so that the first requests with a
 * token do not wait for them. Each is opened by a request without a token, a user or a patient, whose answer nobody reads:
 * Chromium keeps connections of requests without credentials apart, and `session.preconnect` opens none of those. A connection
 * that is still held takes the request, and none is opened.
 */
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';

export type OpenConnections = () => void;

/**
 * They may be repeated, so they never use the session of the requests that notify (H4). At most one is opened to an
 * origin at a time.
 */
export function createOpenConnections(
  { platform, pds }: Pick<Environment, 'platform' | 'pds'>,
  network: Pick<Network, 'request'>,
  timeoutMs: number,
): OpenConnections {
  const origins = new Set([platform.tokenUrl, pds.baseUrl].map((address) => new URL(address).origin));
  const underWay = new Set<string>();

  async function open(origin: string): Promise<void> {
    if (underWay.has(origin)) return;
    underWay.add(origin);
    await network.request({ method: 'HEAD', url: new URL(origin), headers: {}, timeoutMs });
    underWay.delete(origin);
  }

  return () => {
    for (const origin of origins) void open(origin);
  };
}
