/**
 * The application's browser sessions. The viewer's session has no network. A sign-in session exists for one sign-in and
 * reaches only the identity provider. The sessions for the API and for updates belong to the main process and to no page.
 * All are in memory and without a cache, so that no clinical data and no identity data reach the disk (H10).
 * Source: Electron, `session.fromPartition`: a partition without the prefix `persist:` is in memory;
 * `webRequest.onBeforeRequest`.
 */
import { app, type Session, session } from 'electron';
import { denyPermissions } from './permissions.ts';

/** Cancels every request of `session`, sockets included, that `allowed` does not accept. No page can extend this list. */
function restrictNetwork(session: Session, allowed: (url: URL) => boolean): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !(URL.canParse(details.url) && allowed(new URL(details.url))) });
  });
}

/** The viewer's own scheme, and `data:` pictures that the page makes. Neither uses the network. */
function isViewerAddress(url: URL): boolean {
  return (url.protocol === 'app:' && url.host === 'viewer') || url.protocol === 'data:';
}

/** The discard port of this computer, on which no program listens. */
const blackholeProxy = 'http://127.0.0.1:9';

/** Denies everything on each new session, Electron's default session too; each session then allows what it needs. */
export function denyByDefaultOnNewSessions(): void {
  app.on('session-created', (created) => {
    denyPermissions(created);
    created.on('will-download', (event) => event.preventDefault()); // H10: no page leaves a file on the disk
    restrictNetwork(created, () => false);
    // Electron gives each session a spell checker that downloads the dictionary of the user's language, past every request
    // handler and even if the checker is disabled: without a language there is no download.
    created.setSpellCheckerLanguages([]);
    created.setSpellCheckerEnabled(false); // macOS: the system's own
  });
}

/** Of the viewer's page: no network but its own scheme. */
export function createViewerSession(): Session {
  const viewer = session.fromPartition('viewer', { cache: false });
  restrictNetwork(viewer, isViewerAddress);
  // No request handler sees peer connections and name look-ups: a proxy address without a listener stops them.
  void viewer.setProxy({
    mode: 'fixed_servers',
    proxyRules: blackholeProxy,
    proxyBypassRules: '<-loopback>',
  });
  return viewer;
}

/** For the main process's requests: with the system's proxy, PAC, integrated authentication and trust store. */
export function createApiSession(
  connections: 'keep-alive' | 'single-use',
  origins: ReadonlySet<string>,
): Session {
  const api = session.fromPartition(`api-${connections}`, { cache: false });
  restrictNetwork(api, (url) => origins.has(url.origin));
  return api;
}

/** For the feed of new versions: reaches the feed's folder only. */
export function createUpdateSession(feed: URL): Session {
  const updates = session.fromPartition('updates', { cache: false });
  restrictNetwork(updates, (url) => url.origin === feed.origin && url.pathname.startsWith(feed.pathname));
  return updates;
}

/** A session for one sign-in. Each has a new name, so that it has no cookie of an earlier user (H14). */
export function createSignInSession(allowed: (url: URL) => boolean): Session {
  const signIn = session.fromPartition(`sign-in-${crypto.randomUUID()}`, { cache: false });
  restrictNetwork(signIn, allowed);
  return signIn;
}

/**
 * Clears the data that a sign-in left in memory. Electron keeps the session itself until the application ends: it reaches
 * nothing any more (H14), and its request handler no longer keeps the objects of the sign-in.
 */
export async function destroySignInSession(signIn: Session): Promise<void> {
  restrictNetwork(signIn, () => false);
  await Promise.all([signIn.clearStorageData(), signIn.clearCache(), signIn.clearAuthCache()]);
  await signIn.closeAllConnections();
}
