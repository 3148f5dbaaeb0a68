/**
 * Signing in through the system's browser, for sites whose smartcard middleware needs it: a listener bound to the
 * loopback address that takes one request on one path and is closed at once.
 * Source: RFC 8252, sections 7.3 (loopback redirect) and 8.3 (bind to the loopback address only).
 */
import { createServer, type IncomingMessage } from 'node:http';
import { makeFault } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { isRedirect, type SignInReturn, type SignInSurface, signInTimeLimit } from './sign-in-surface.ts';

export interface SystemBrowserOptions {
  /** Opens the identity provider's page; the caller has checked that the address is the provider's. */
  readonly openPage: (authorisationUrl: URL) => Promise<void>;
  /** Milliseconds. */
  readonly timeLimit?: number;
}

const donePage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>CP-IS Viewer</title>
<p>You can close this page and go back to CP-IS Viewer.</p></html>`;

export function createSystemBrowserSurface({
  openPage,
  timeLimit = signInTimeLimit,
}: SystemBrowserOptions): SignInSurface {
  return ({ authorisationUrl, redirectUri, signal }) =>
    new Promise<SignInReturn>((resolve) => {
      const state = authorisationUrl.searchParams.get('state');
      let answered = false;
      const server = createServer((request, response) => {
        response.setHeader('Connection', 'close');
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
        response.setHeader('Referrer-Policy', 'no-referrer');
        response.setHeader('X-Content-Type-Options', 'nosniff');
        const url = readAddress(request, redirectUri);
        // Whatever is not the answer to this sign-in does not use up the one request: a page that the user has open
        // elsewhere, a favicon, another program (RFC 8252, section 8.9; DNS rebinding shows in `Host`).
        if (answered || url === undefined || url.searchParams.get('state') !== state) {
          response.writeHead(404).end();
          return;
        }
        answered = true;
        server.close();
        response.once('close', () => finish({ kind: 'redirected', url }));
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(donePage);
      });
      const timer = setTimeout(() => finish({ kind: 'closed' }), timeLimit);
      const onAbort = () => finish({ kind: 'closed' });
      function finish(result: SignInReturn): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        server.close();
        server.closeAllConnections();
        resolve(result);
      }
      server.on('error', () => finish({ kind: 'failed', fault: portTaken(redirectUri) }));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) {
        onAbort();
        return;
      }
      server.listen(Number(redirectUri.port), redirectUri.hostname.replace(/^\[|\]$/g, ''), () => {
        openPage(authorisationUrl).catch(() => finish({ kind: 'failed', fault: browserMissing() }));
      });
    });
}

/** The address asked for, if it is the redirect URI: method, host and path. */
function readAddress({ method, headers, url }: IncomingMessage, redirectUri: URL): URL | undefined {
  if (method !== 'GET' || headers.host !== redirectUri.host || url === undefined) return undefined;
  const address = URL.canParse(url, redirectUri.origin) ? new URL(url, redirectUri.origin) : undefined;
  return address !== undefined && isRedirect(address, redirectUri) ? address : undefined;
}

function portTaken({ port }: URL) {
  return makeFault('sign-in-failed', newReference('sign-in port'), {
    happened: `Another program on this computer uses the port that sign-in needs (${port}).`,
    action:
      'Close other copies of CP-IS Viewer and try again. If it happens again, tell your IT service desk.',
  });
}

function browserMissing() {
  return makeFault('sign-in-failed', newReference('browser'), {
    happened: 'The browser of this computer could not be opened.',
    action: 'Tell your IT service desk.',
  });
}
