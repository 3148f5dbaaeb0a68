/**
 * Which addresses a session may reach. The viewer's session has no network at all; the sign-in session reaches the
 * identity provider's hosts; neither list can be widened by a page.
 * Source: Electron, `webRequest.onBeforeRequest`.
 */
import type { Session } from 'electron';

/** Cancels every request of `session`, sockets included, that `allowed` does not accept. */
export function restrictNetwork(session: Session, allowed: (url: URL) => boolean): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !(URL.canParse(details.url) && allowed(new URL(details.url))) });
  });
}

/** For the viewer's session: its own scheme and pictures made by the page, and nothing that leaves this process. */
export function isViewerAddress(url: URL): boolean {
  return (url.protocol === 'app:' && url.host === 'viewer') || url.protocol === 'data:';
}
