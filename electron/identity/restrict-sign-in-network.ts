/**
 * Where a page of the sign-in window may send anything by roads that pass no request handler: peer connections and their
 * relays over TCP. UDP is refused outright. TCP follows the session's proxy, so that a proxy that is not there ends it
 * wherever the provider's hosts need no proxy themselves; elsewhere it meets the organisation's own.
 * Source: Chromium, "Proxy support" (bypass rules); Electron, `webContents.setWebRTCIPHandlingPolicy`.
 */
import type { Session, WebContents } from 'electron';

/** The discard port of this computer, where nothing listens. */
const blackholeProxy = 'http://127.0.0.1:9';

/** `origins`: the provider's, each with its scheme. To be awaited before the first page. */
export async function restrictSignInNetwork(
  webContents: Pick<WebContents, 'setWebRTCIPHandlingPolicy'>,
  session: Pick<Session, 'resolveProxy' | 'setProxy'>,
  origins: readonly string[],
): Promise<void> {
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  const ways = await Promise.all(origins.map((origin) => session.resolveProxy(origin)));
  if (ways.some((way) => way !== 'DIRECT')) return;
  const hosts = origins.map((origin) => new URL(origin).host);
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: blackholeProxy,
    // The last rule that fits counts: no exception for this computer, but for the provider's hosts.
    proxyBypassRules: ['<-loopback>', ...hosts].join(';'),
  });
}
