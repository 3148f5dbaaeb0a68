/**
 * Pages that may be opened in the system's browser, each by its id: no address ever comes from a page.
 * Source: Electron, "Security", point 15 (do not use shell.openExternal with untrusted content).
 */
import { shell } from 'electron';
import type { linkIds } from '../../shared/contract.ts';

const links: Readonly<Record<(typeof linkIds)[number], string>> = {
  'about-cp-is': 'https://digital.nhs.uk/services/child-protection-information-sharing-project',
  'find-childrens-services': 'https://www.gov.uk/report-child-abuse-to-local-council',
};

export async function openLink(id: (typeof linkIds)[number]): Promise<void> {
  await shell.openExternal(links[id]);
}
