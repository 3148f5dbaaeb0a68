/** Lists the origins whose time counts: the national services, and none of a site's own servers. */
import type { Environment } from '../settings/environment.ts';

/** H20: Care Identity, the platform, PDS and CP-IS. */
export function clockOrigins({ cis2, platform, pds, cpis }: Environment): ReadonlySet<string> {
  const { protocol } = new URL(cis2.issuer);
  return new Set([
    ...[cis2.issuer, platform.tokenUrl, pds.baseUrl, cpis.baseUrl].map((address) => new URL(address).origin),
    ...cis2.signInHosts.map((host) => new URL(`${protocol}//${host}`).origin),
  ]);
}
