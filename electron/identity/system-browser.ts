import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeFault, signInDetails, signInPortRefused, signInPortTaken } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { type ConnectionOwner, findConnectionOwner, type LoopbackConnection } from './connection-owner.ts';
import {
  isRedirect,
  notInTime,
  type SignInReturn,
  type SignInUserAgent,
  signInTimeLimitMs,
} from './sign-in-user-agent.ts';

export interface SystemBrowserOptions {
  /** Opens a loopback URL in the system's browser. */
  readonly openPage: (address: URL) => Promise<void>;
  readonly timeLimitMs?: number;
  /** The browser must request the first page within this time. */
  readonly browserTimeLimitMs?: number;
  readonly ownerOf?: (connection: LoopbackConnection) => Promise<ConnectionOwner>;
}

const donePage = page('You can close this page and go back to CP-IS Viewer.');
const anotherUsersPage = page(
  'CP-IS Viewer takes an answer only from the user of this computer who began to sign in. Nothing was taken.',
);

/**
 * Signs in through the system's browser, for sites whose smartcard middleware needs it. A loopback listener redirects the
 * browser to Care Identity, accepts one authorisation response on one path, and is then closed.
 *
 * Other users of the computer can connect to the listener. On Linux they can also read the URL that the browser is opened
 * with (`/proc/<pid>/cmdline`). That URL is therefore the listener's own, without the `state` and `nonce` of the sign-in,
 * and the listener refuses connections of other users. Where the system does not tell the owner of a connection,
 * `answeredBy` is `unknown`.
 * Source: RFC 8252, sections 7.3 (loopback redirect), 8.3 (bind to the loopback address only) and 8.9 (state).
 */
export function createSystemBrowserUserAgent({
  openPage,
  timeLimitMs = signInTimeLimitMs,
  browserTimeLimitMs = 60_000,
  ownerOf = findConnectionOwner,
}: SystemBrowserOptions): SignInUserAgent {
  return ({ authorisationUrl, redirectUri, signal }) =>
    new Promise<SignInReturn>((resolve) => {
      const state = authorisationUrl.searchParams.get('state');
      const startUrl = new URL(`/sign-in/${randomBytes(24).toString('base64url')}`, redirectUri);
      let answered = false;
      let browserTimer: ReturnType<typeof setTimeout> | undefined;

      async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        response.setHeader('Connection', 'close');
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
        response.setHeader('Referrer-Policy', 'no-referrer');
        response.setHeader('X-Content-Type-Options', 'nosniff');
        const url = readAddress(request, redirectUri);
        const isStart = url?.href === startUrl.href;
        // Other requests are refused and do not end the sign-in: another open page, a favicon, another program.
        // `Host` reveals DNS rebinding.
        const isAnswer =
          url !== undefined && isRedirect(url, redirectUri) && url.searchParams.get('state') === state;
        if (answered || (!isStart && !isAnswer)) {
          response.writeHead(404).end();
          return;
        }
        const { localPort, remotePort } = request.socket;
        const owner = await ownerOf({ localPort, remotePort });
        if (owner === 'another-user') {
          response.writeHead(403, html).end(anotherUsersPage);
          return;
        }
        clearTimeout(browserTimer);
        if (isStart) {
          response.writeHead(302, { Location: authorisationUrl.href }).end();
          return;
        }
        answered = true;
        server.close();
        const redirected = () => finish({ kind: 'redirected', url, answeredBy: owner });
        // The browser may have closed the connection in the meantime.
        if (request.socket.destroyed) redirected();
        else response.once('close', redirected).writeHead(200, html).end(donePage);
      }

      /** Requests are handled in turn, so that only the first response is accepted. */
      let queue = Promise.resolve();
      // Loaded at the sign-in: the start does not wait for it.
      const { createServer } = process.getBuiltinModule('node:http');
      const server = createServer((request, response) => {
        queue = queue.then(() => answer(request, response));
      });
      const timer = setTimeout(() => finish({ kind: 'failed', fault: notInTime() }), timeLimitMs);
      const onAbort = () => finish({ kind: 'closed' });
      function finish(result: SignInReturn): void {
        clearTimeout(timer);
        clearTimeout(browserTimer);
        signal.removeEventListener('abort', onAbort);
        server.close();
        server.closeAllConnections();
        resolve(result);
      }
      server.on('error', (error) => finish({ kind: 'failed', fault: notListening(redirectUri, error) }));
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) {
        onAbort();
        return;
      }
      server.listen(Number(redirectUri.port), redirectUri.hostname.replace(/^\[|\]$/g, ''), () => {
        const noBrowser = () => finish({ kind: 'failed', fault: browserMissing() });
        browserTimer = setTimeout(noBrowser, browserTimeLimitMs);
        openPage(startUrl).catch(noBrowser);
      });
    });
}

const html = { 'Content-Type': 'text/html; charset=utf-8' };

function page(sentence: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>CP-IS Viewer</title>\n<p>${sentence}</p></html>`;
}

/** The requested URL; `undefined` unless method and host are those that the listener serves. */
function readAddress({ method, headers, url }: IncomingMessage, redirectUri: URL): URL | undefined {
  if (method !== 'GET' || headers.host !== redirectUri.host || url === undefined) return undefined;
  const address = URL.canParse(url, redirectUri.origin) ? new URL(url, redirectUri.origin) : undefined;
  return address?.origin === redirectUri.origin ? address : undefined;
}

function notListening({ port }: URL, error: NodeJS.ErrnoException) {
  const isTaken = error.code === 'EADDRINUSE';
  return isTaken
    ? makeFault('sign-in-failed', newReference('sign-in port'), signInPortTaken(port))
    : makeFault('sign-in-failed', newReference(`sign-in port ${error.code}`), signInPortRefused(port));
}

function browserMissing() {
  return makeFault('sign-in-failed', newReference('browser'), signInDetails.browserMissing);
}
