/**
 * Restricts the URLs that a session may load. The viewer's session has no network; the sign-in session reaches the
 * identity provider's hosts. A page cannot extend its list.
 * Source: Electron, `webRequest.onBeforeRequest`.
 */
import type { Session } from 'electron';

/** Cancels every request of `session`, sockets included, that `allowed` does not accept. */
export function restrictNetwork(session: Session, allowed: (url: URL) => boolean): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !(URL.canParse(details.url) && allowed(new URL(details.url))) });
  });
}

/** For the viewer's session: its own scheme, and `data:` pictures that the page makes. Neither uses the network. */
export function isViewerAddress(url: URL): boolean {
  return (url.protocol === 'app:' && url.host === 'viewer') || url.protocol === 'data:';
}
