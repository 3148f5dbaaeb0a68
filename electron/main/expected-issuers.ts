import type { ExpectedIssuers } from '../security/certificate-issuers.ts';
import { type Environment, launchAddresses, signersOf } from '../settings/environment.ts';

/** The certificate issuers that the site expects for each host: `certificateIssuers` of the environment. */
export function expectedIssuers(environment: Environment): ExpectedIssuers {
  const { certificateIssuers: issuers, cis2, platform, pds, cpis, launch } = environment;
  const signers = signersOf(environment).flatMap((signer) =>
    signer.kind === 'remote' ? [signer.baseUrl] : [],
  );
  const groups: readonly (readonly [readonly string[] | undefined, readonly string[]])[] = [
    [issuers.careIdentity, [cis2.issuer, ...cis2.signInHosts.map((host) => `https://${host}`)]],
    [issuers.platform, [platform.tokenUrl, platform.revocationUrl].filter((url) => url !== undefined)],
    [issuers.services, [pds.baseUrl, cpis.baseUrl]],
    [issuers.signer, signers],
    [issuers.launch, launchAddresses(launch)],
  ];
  const expected = new Map<string, readonly (readonly string[])[]>();
  for (const [expectedHere, addresses] of groups) {
    if (expectedHere === undefined) continue;
    for (const host of new Set(addresses.map((address) => new URL(address).hostname))) {
      expected.set(host, [...(expected.get(host) ?? []), expectedHere]);
    }
  }
  return expected;
}
