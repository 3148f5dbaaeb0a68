/**
 * Opens pages in the system's browser. The renderer names a page by its id and never sends a URL.
 * Source: Electron, "Security", point 15 (do not use shell.openExternal with untrusted content).
 */
import { shell } from 'electron';
import type { linkIds } from '../../shared/contract.ts';
import { isLoopback } from '../settings/environment.ts';

type LinkId = (typeof linkIds)[number];

const links: Readonly<Record<Exclude<LinkId, 'local-procedure'>, string>> = {
  'about-cp-is': 'https://digital.nhs.uk/services/child-protection-information-sharing-project',
  'find-childrens-services': 'https://www.gov.uk/report-child-abuse-to-local-council',
};

/** `localProcedure`: the https address of the site's policy. Rejects where the site has set none. */
export function createLinkOpener(localProcedure: string | undefined): (id: LinkId) => Promise<void> {
  return async (id) => {
    const address = id === 'local-procedure' ? localProcedure : links[id];
    if (address === undefined || new URL(address).protocol !== 'https:') throw new Error('not a web page');
    await shell.openExternal(address);
  };
}

/** Opens the first page of a sign-in. `address` is made by the main process. Rejects unless https, or http on loopback. */
export async function openSignInPage(address: URL): Promise<void> {
  const { protocol } = address;
  const isWeb = protocol === 'https:' || (protocol === 'http:' && isLoopback(address));
  if (!isWeb) throw new Error('not a web page');
  await shell.openExternal(address.href);
}
