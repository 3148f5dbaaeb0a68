/**
 * Opens pages in the system's browser. The renderer names a page by its id and never sends a URL.
 * Source: Electron, "Security", point 15 (do not use shell.openExternal with untrusted content).
 */
import { shell } from 'electron';
import type { linkIds } from '../../shared/contract.ts';
import { isLoopback } from '../settings/environment.ts';

const links: Readonly<Record<(typeof linkIds)[number], string>> = {
  'about-cp-is': 'https://digital.nhs.uk/services/child-protection-information-sharing-project',
  'find-childrens-services': 'https://www.gov.uk/report-child-abuse-to-local-council',
};

export async function openLink(id: (typeof linkIds)[number]): Promise<void> {
  await shell.openExternal(links[id]);
}

/** Opens the first page of a sign-in. `address` is made by the main process. Rejects unless https, or http on loopback. */
export async function openSignInPage(address: URL): Promise<void> {
  const { protocol } = address;
  const isWeb = protocol === 'https:' || (protocol === 'http:' && isLoopback(address));
  if (!isWeb) throw new Error('not a web page');
  await shell.openExternal(address.href);
}
