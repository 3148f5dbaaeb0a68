import { BrowserWindow } from 'electron';
import { makeFault, signInHostNotAllowed } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ProxyLogin } from '../network/proxy-login.ts';
import { proxyLoginError } from '../network/proxy-login-error.ts';
import { handleProxyLogin } from '../network/proxy-login-handler.ts';
import type { CertificateIssuers } from '../security/certificate-issuers.ts';
import { allowNavigation } from '../security/navigation.ts';
import { createSignInSession, destroySignInSession } from '../security/sessions.ts';
import { describeFailedResponse } from './identity-fault.ts';
import { restrictSignInNetwork } from './restrict-sign-in-network.ts';
import {
  isRedirect,
  notInTime,
  type SignInReturn,
  type SignInUserAgent,
  signInTimeLimitMs,
} from './sign-in-user-agent.ts';
import { watchSignInPage } from './watch-sign-in-page.ts';

export interface SignInWindowOptions {
  readonly parent: () => BrowserWindow | undefined;
  /** Hosts that the environment allows besides the authorisation endpoint's, as `host` or `host:port`. */
  readonly signInHosts: readonly string[];
  readonly contentProtection: boolean;
  readonly proxyLogIn: ProxyLogin;
  readonly certificateIssuers: Pick<CertificateIssuers, 'guard'>;
  readonly timeoutMs: number;
}

/**
 * The sign-in window: shows the identity provider's pages in a browser session in memory, which is made for one sign-in
 * and destroyed after it. The window has no preload and no bridge, follows only the provider's hosts, and shows the host
 * in its title. The redirect is intercepted before the request is sent, so the viewer opens no port.
 * Source: NHS CIS2 guidance (embedded browser panels are supported); RFC 8252; Electron, "Security".
 */
export function createSignInWindow({
  parent,
  signInHosts,
  contentProtection,
  proxyLogIn,
  certificateIssuers,
  timeoutMs,
}: SignInWindowOptions): SignInUserAgent {
  return ({ authorisationUrl, redirectUri, signal }) =>
    new Promise<SignInReturn>((resolve) => {
      const hosts = new Set([authorisationUrl.host, ...signInHosts]);
      const mayVisit = (url: URL) => url.protocol === authorisationUrl.protocol && hosts.has(url.host);
      /** Whether the page may load `url`. Takes the redirect, which is never loaded. */
      const mayLoad = (url: URL): boolean => {
        if (!isRedirect(url, redirectUri)) return mayVisit(url);
        finish({ kind: 'redirected', url, answeredBy: 'this-user' });
        return false;
      };
      const session = createSignInSession((url) => url.protocol === 'data:' || mayLoad(url));
      certificateIssuers.guard(session);
      const owner = parent();
      const window = new BrowserWindow({
        width: 560,
        height: 720,
        title: titleOf(authorisationUrl),
        autoHideMenuBar: true,
        backgroundColor: '#ffffff',
        ...(owner === undefined ? {} : { parent: owner, modal: process.platform !== 'darwin' }),
        webPreferences: {
          session,
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          webSecurity: true,
          spellcheck: false,
          devTools: false,
        },
      });
      const { webContents } = window;
      window.setContentProtection(contentProtection);
      allowNavigation(webContents, mayLoad);
      handleProxyLogin(webContents, proxyLogIn, (problem) => {
        finish({ kind: 'failed', fault: describeFailedResponse(proxyLoginError(problem, 'no')) });
      });

      let finished = false;
      const timer = setTimeout(() => finish({ kind: 'failed', fault: notInTime() }), signInTimeLimitMs);
      const onAbort = () => finish({ kind: 'closed' });
      function finish(result: SignInReturn): void {
        if (finished) return;
        finished = true;
        clearTimeout(timer);
        endWatch();
        signal.removeEventListener('abort', onAbort);
        // Later, since the window must not be destroyed inside the handler of its own event.
        setImmediate(() => {
          if (!window.isDestroyed()) window.destroy();
          void destroySignInSession(session).finally(() => resolve(result));
        });
      }

      window.on('closed', () => finish({ kind: 'closed' }));
      window.on('page-title-updated', (event) => event.preventDefault());
      webContents.on('did-navigate', (_event, address) => {
        // The page outlives its window by a moment.
        if (!window.isDestroyed() && URL.canParse(address)) window.setTitle(titleOf(new URL(address)));
      });
      // A link to another host does nothing; a redirect to another host would leave the user with an empty page.
      webContents.on('will-redirect', ({ url: address, isMainFrame }) => {
        const url = URL.canParse(address) ? new URL(address) : undefined;
        if (url === undefined || !isMainFrame || isRedirect(url, redirectUri) || mayVisit(url)) return;
        finish({ kind: 'failed', fault: foreignHost(url) });
      });
      const endWatch = watchSignInPage({
        webContents,
        session,
        timeoutMs,
        onFailure: (fault) => finish({ kind: 'failed', fault }),
      });
      webContents.on('render-process-gone', (_event, { reason }) => {
        if (reason === 'clean-exit') finish({ kind: 'closed' });
        else finish({ kind: 'failed', fault: makeFault('sign-in-stopped', newReference('sign-in process')) });
      });
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      const origins = [...hosts].map((host) => `${authorisationUrl.protocol}//${host}`);
      restrictSignInNetwork(webContents, session, origins).then(
        // `did-fail-load` reports a failed load with more detail.
        () => void (finished || window.loadURL(authorisationUrl.href).catch(() => undefined)),
        () => finish({ kind: 'failed', fault: makeFault('internal', newReference('sign-in proxy')) }),
      );
    });
}

function titleOf({ host }: URL): string {
  return `Sign in – ${host}`;
}

function foreignHost({ host, protocol }: URL) {
  const address = host === '' ? `an address that begins with "${protocol}"` : host;
  return makeFault('sign-in-failed', newReference('sign-in host'), signInHostNotAllowed(address));
}
