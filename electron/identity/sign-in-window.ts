/**
 * The sign-in window: the identity provider's pages in a session of their own, which is in memory, made for one
 * sign-in and destroyed after it. It has no preload and no bridge, follows only the provider's hosts, and its title
 * says which host it is on. The redirect is caught before any request leaves, so no port is opened.
 * Source: NHS CIS2 guidance (embedded browser panels are supported); RFC 8252; Electron, "Security".
 */
import { BrowserWindow } from 'electron';
import { makeFault, signInHostNotAllowed } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { ProxyLogin } from '../network/proxy-login.ts';
import { proxyLoginError } from '../network/proxy-login-error.ts';
import { handleProxyLogin } from '../network/proxy-login-handler.ts';
import type { CertificateIssuers } from '../security/certificate-issuers.ts';
import { allowNavigation } from '../security/navigation.ts';
import { createSignInSession, destroySignInSession } from '../security/sessions.ts';
import { describeFailedAnswer } from './identity-fault.ts';
import { restrictSignInNetwork } from './restrict-sign-in-network.ts';
import {
  isRedirect,
  notInTime,
  type SignInReturn,
  type SignInUserAgent,
  signInTimeLimit,
} from './sign-in-user-agent.ts';
import { watchSignInPage } from './watch-sign-in-page.ts';

export interface SignInWindowOptions {
  readonly parent: () => BrowserWindow | undefined;
  /** Hosts of the environment beside the one of the authorisation endpoint, as `host` or `host:port`. */
  readonly signInHosts: readonly string[];
  readonly contentProtection: boolean;
  readonly proxyLogIn: ProxyLogin;
  readonly certificateIssuers: Pick<CertificateIssuers, 'guard'>;
  /** Milliseconds in which the first page of Care Identity answers. */
  readonly timeoutMs: number;
}

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
      /** True if the page may go on; the redirect is taken here and goes no further. */
      const consider = (url: URL): boolean => {
        if (!isRedirect(url, redirectUri)) return mayVisit(url);
        finish({ kind: 'redirected', url, answeredBy: 'this-user' });
        return false;
      };
      const session = createSignInSession((url) => url.protocol === 'data:' || consider(url));
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
      allowNavigation(webContents, consider);
      handleProxyLogin(webContents, proxyLogIn, (problem) => {
        finish({ kind: 'failed', fault: describeFailedAnswer(proxyLoginError(problem, 'no')) });
      });

      let finished = false;
      const timer = setTimeout(() => finish({ kind: 'failed', fault: notInTime() }), signInTimeLimit);
      const onAbort = () => finish({ kind: 'closed' });
      function finish(result: SignInReturn): void {
        if (finished) return;
        finished = true;
        clearTimeout(timer);
        endWatch();
        signal.removeEventListener('abort', onAbort);
        // Closing inside the event that brought the redirect would pull the window from under its own handler.
        setImmediate(() => {
          if (!window.isDestroyed()) window.destroy();
          void destroySignInSession(session).finally(() => resolve(result));
        });
      }

      window.on('closed', () => finish({ kind: 'closed' }));
      window.on('page-title-updated', (event) => event.preventDefault());
      webContents.on('did-navigate', (_event, address) => {
        if (URL.canParse(address)) window.setTitle(titleOf(new URL(address)));
      });
      // A link to elsewhere just does nothing; a redirect to elsewhere would leave the user before an empty page.
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
        // A rejected load is reported by `did-fail-load`, with more detail.
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
