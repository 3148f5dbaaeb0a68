/**
 * Restricts WebRTC of the sign-in window's pages, whose connections no request handler sees. UDP is refused. TCP follows
 * the session's proxy: where the provider's hosts need no proxy, a proxy address without a listener stops all other TCP;
 * elsewhere TCP goes to the organisation's own proxy.
 * Source: Chromium, "Proxy support" (bypass rules); Electron, `webContents.setWebRTCIPHandlingPolicy`.
 */
import type { Session, WebContents } from 'electron';

/** The discard port of this computer, on which no program listens. */
const blackholeProxy = 'http://127.0.0.1:9';

/** `origins`: the provider's, each with its scheme. Wait for the result before loading the first page. */
export async function restrictSignInNetwork(
  webContents: Pick<WebContents, 'setWebRTCIPHandlingPolicy'>,
  session: Pick<Session, 'resolveProxy' | 'setProxy'>,
  origins: readonly string[],
): Promise<void> {
  webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  const proxies = await Promise.all(origins.map((origin) => session.resolveProxy(origin)));
  if (proxies.some((proxy) => proxy !== 'DIRECT')) return;
  const hosts = origins.map((origin) => new URL(origin).host);
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: blackholeProxy,
    // The last matching rule counts: loopback addresses use the proxy, the provider's hosts bypass it.
    proxyBypassRules: ['<-loopback>', ...hosts].join(';'),
  });
}
