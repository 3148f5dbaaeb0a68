/**
 * Signing in through the system's browser, for sites whose smartcard middleware needs it: a listener bound to
 * 127.0.0.1 that takes one request on one path and is closed at once.
 * Source: RFC 8252, sections 7.3 (loopback redirect) and 8.3 (bind to the loopback address only).
 */
import { createServer } from 'node:http';
import { isRedirect, type SignInReturn, type SignInSurface, signInTimeLimit } from './sign-in-surface.ts';

export interface SystemBrowserOptions {
  /** Opens the identity provider's page; the caller has checked that the address is the provider's. */
  readonly openPage: (authorisationUrl: URL) => Promise<void>;
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
      const server = createServer((request, response) => {
        response.setHeader('Connection', 'close');
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Content-Security-Policy', "default-src 'none'");
        response.setHeader('Referrer-Policy', 'no-referrer');
        const url = URL.canParse(request.url ?? '', redirectUri.origin)
          ? new URL(request.url ?? '', redirectUri.origin)
          : undefined;
        // Another path, method or Host (DNS rebinding) is none of ours and does not use up the one request.
        const isOurs = request.method === 'GET' && request.headers.host === redirectUri.host;
        if (url === undefined || !isOurs || !isRedirect(url, redirectUri)) {
          response.writeHead(404).end();
          return;
        }
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(donePage, () => {
          finish({ kind: 'redirected', url });
        });
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
      const failed = (detail: string): SignInReturn => ({
        kind: 'failed',
        failure: { kind: 'failed', fault: 'service-failing', reached: 'no', detail },
      });
      server.on('error', () => finish(failed('the sign-in port of this computer is in use')));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) {
        onAbort();
        return;
      }
      server.listen(Number(redirectUri.port), redirectUri.hostname.replace(/^\[|\]$/g, ''), () => {
        openPage(authorisationUrl).catch(() => finish(failed('the system browser could not be opened')));
      });
    });
}
