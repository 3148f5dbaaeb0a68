/**
 * Signing in through the system's browser, for sites whose smartcard middleware needs it: a listener bound to the
 * loopback address that sends the browser on to Care Identity, takes one answer on one path, and is closed at once.
 *
 * Other users of the computer can connect to it too. On Linux they can read the address that the browser is opened with
 * as well (`/proc/<pid>/cmdline`): so that address is the listener's own, without the `state` and `nonce` of the sign-in, and
 * a connection of another user's gets nothing. Where the system does not say whose a connection is, the answer says so.
 * Source: RFC 8252, sections 7.3 (loopback redirect), 8.3 (bind to the loopback address only) and 8.9 (state).
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { makeFault, signInDetails, signInPortRefused, signInPortTaken } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { type ConnectionOwner, findConnectionOwner, type LoopbackConnection } from './connection-owner.ts';
import {
  isRedirect,
  notInTime,
  type SignInReturn,
  type SignInUserAgent,
  signInTimeLimit,
} from './sign-in-user-agent.ts';

export interface SystemBrowserOptions {
  /** Opens an address of this computer's in the system's browser. */
  readonly openPage: (address: URL) => Promise<void>;
  readonly timeLimitMs?: number;
  /** Within this time the browser has asked for the page that it was opened with. */
  readonly browserTimeLimitMs?: number;
  readonly ownerOf?: (connection: LoopbackConnection) => Promise<ConnectionOwner>;
}

const donePage = page('You can close this page and go back to CP-IS Viewer.');
const anotherUsersPage = page(
  'CP-IS Viewer takes an answer only from the user of this computer who began to sign in. Nothing was taken.',
);

export function createSystemBrowserUserAgent({
  openPage,
  timeLimitMs = signInTimeLimit,
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
        // Whatever is not the answer to this sign-in does not use up the one request: a page that the user has open
        // elsewhere, a favicon, another program (DNS rebinding shows in `Host`).
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
        // The browser may have hung up meanwhile.
        if (request.socket.destroyed) redirected();
        else response.once('close', redirected).writeHead(200, html).end(donePage);
      }

      /** One after the other: the first answer is the one that is taken. */
      let turn = Promise.resolve();
      const server = createServer((request, response) => {
        turn = turn.then(() => answer(request, response));
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

/** The address asked for, if it is one of the listener's: method and host. */
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
