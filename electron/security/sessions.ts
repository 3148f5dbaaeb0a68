/**
 * The application's browser sessions. Each keeps to its room: the viewer's reaches no network, the sign-in's lives for
 * one sign-in and reaches only the identity provider, the API's belongs to the main process and to no page, as does the updates'.
 * All are in memory and without a cache, so nothing clinical and nothing of an identity reaches the disk (H10).
 * Source: Electron, `session.fromPartition`: a partition without the prefix `persist:` is in memory.
 */
import { app, type Session, session } from 'electron';
import { refuseDownloads } from './downloads.ts';
import { isViewerAddress, restrictNetwork } from './network-allow-list.ts';
import { denyPermissions } from './permissions.ts';

/** The discard port of this computer, where nothing listens. */
const nowhere = 'http://127.0.0.1:9';

/** Closes every session as it is made, Electron's default one too; each then opens only what it needs. */
export function denyByDefaultOnNewSessions(): void {
  app.on('session-created', (created) => {
    denyPermissions(created);
    refuseDownloads(created);
    restrictNetwork(created, () => false);
    // With the session Electron has made a checker for the user's language, which fetches that language's dictionary from
    // the web, past every request handler, whether it is turned on or not: without a language there is none to fetch.
    created.setSpellCheckerLanguages([]);
    created.setSpellCheckerEnabled(false); // macOS: the system's own
  });
}

export function createViewerSession(): Session {
  const viewer = session.fromPartition('viewer', { cache: false });
  restrictNetwork(viewer, isViewerAddress);
  // Peer connections and name look-ups pass no request handler: a proxy that is not there ends them too.
  void viewer.setProxy({ mode: 'fixed_servers', proxyRules: nowhere, proxyBypassRules: '<-loopback>' });
  return viewer;
}

/** Every request of the main process: system proxy, PAC, integrated authentication, the system's trust store. */
export function createApiSession(
  connections: 'keep-alive' | 'single-use',
  origins: ReadonlySet<string>,
): Session {
  const api = session.fromPartition(`api-${connections}`, { cache: false });
  restrictNetwork(api, (url) => origins.has(url.origin));
  return api;
}

/** For the feed of new versions: its folder and nothing else. */
export function createUpdateSession(feed: URL): Session {
  const updates = session.fromPartition('updates', { cache: false });
  restrictNetwork(updates, (url) => url.origin === feed.origin && url.pathname.startsWith(feed.pathname));
  return updates;
}

/** A session for one sign-in. A fresh name each time: no cookie of an earlier user can be met (H14). */
export function createSignInSession(allowed: (url: URL) => boolean): Session {
  const signIn = session.fromPartition(`sign-in-${crypto.randomUUID()}`, { cache: false });
  restrictNetwork(signIn, allowed);
  return signIn;
}

/** Forgets what a sign-in left in memory. */
export async function destroySignInSession(signIn: Session): Promise<void> {
  await Promise.all([signIn.clearStorageData(), signIn.clearCache(), signIn.clearAuthCache()]);
  await signIn.closeAllConnections();
}
