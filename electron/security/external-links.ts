/**
 * Pages that may be opened in the system's browser, each by its id: no address ever comes from a page.
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

/** Opens the first page of a sign-in, whose address the main process has built; https, or http on this computer. */
export async function openSignInPage(address: URL): Promise<void> {
  const { protocol } = address;
  const isWeb = protocol === 'https:' || (protocol === 'http:' && isLoopback(address));
  if (!isWeb) throw new Error('not a web page');
  await shell.openExternal(address.href);
}
