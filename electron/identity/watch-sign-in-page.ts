/**
 * Detects at once that a page of the sign-in window does not load, so that the user does not wait before an empty window:
 * an HTTP error with or without a body, a response without a page, a load that fails or does not end. The time in which
 * a loaded page waits for a card or a code is not limited here.
 * Source: Electron, `webContents` events `did-start-navigation`, `did-navigate`, `dom-ready`, `did-fail-load`,
 * `session` event `will-download`, `webRequest.onResponseStarted`; RFC 9110, section 15 (statuses).
 */
import type { Session, WebContents } from 'electron';
import { type Fault, makeFault, signInDetails, signInPageRefused } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { describeNetworkError } from '../network/network-failure.ts';
import { describeFailedResponse } from './identity-fault.ts';

export interface SignInPageOptions {
  readonly webContents: WebContents;
  /** The session of this window alone. */
  readonly session: Session;
  readonly timeoutMs: number;
  /** Called once at most. */
  readonly onFailure: (fault: Fault) => void;
}

/** Chromium's ERR_ABORTED: another navigation replaced this one, or it resulted in no page. */
const abortedLoad = -3;
/** Later pages get this multiple of the limit: a page may wait for a PIN or a phone, and a link may be slow. */
const laterPageFactor = 6;
/** A page that redirects by script may be empty for a moment. */
const emptyPageMs = 5_000;

/** Returns the function that ends the watch. Call before the first load. */
export function watchSignInPage({
  webContents,
  session,
  timeoutMs,
  onFailure,
}: SignInPageOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasPage = false;
  let ended = false;

  function end(): void {
    ended = true;
    clearTimeout(timer);
    session.webRequest.onResponseStarted(null);
    session.off('will-download', failWithoutPage);
  }

  function fail(fault: Fault): void {
    if (ended) return;
    end();
    onFailure(fault);
  }

  function startTimer(limitMs: number, then: () => void): void {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(then, limitMs);
  }

  function failWithoutPage(): void {
    fail(makeFault('answer-not-understood', newReference('no sign-in page'), signInDetails.noPage));
  }

  const tooSlow = (): void =>
    fail(makeFault('timed-out', newReference('sign-in page'), signInDetails.timedOut));

  session.webRequest.onResponseStarted(({ resourceType, statusCode }) => {
    if (resourceType !== 'mainFrame') return;
    const fault = describeStatus(statusCode);
    if (fault !== undefined) fail(fault);
  });
  // A download in place of a page; every session refuses downloads.
  session.on('will-download', failWithoutPage);
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument)
      startTimer(hasPage ? laterPageFactor * timeoutMs : timeoutMs, tooSlow);
  });
  // The first bytes of a document have arrived; the rest may be slow.
  webContents.on('did-navigate', () => startTimer(laterPageFactor * timeoutMs, tooSlow));
  webContents.on('dom-ready', () => {
    hasPage = true;
    startTimer(emptyPageMs, () => {
      void isEmptyPage(webContents).then((isEmpty) => {
        if (isEmpty) failWithoutPage();
      });
    });
  });
  webContents.on('did-fail-load', (_event, code, description, _address, isMainFrame) => {
    if (!isMainFrame) return;
    if (code === abortedLoad) {
      // An earlier page stays as it is.
      if (!hasPage) failWithoutPage();
      return;
    }
    fail(describeFailedResponse(describeNetworkError(new Error(`net::${description}`))));
  });
  return end;
}

/** Runs in an isolated world, which the page's script cannot reach. */
async function isEmptyPage(webContents: WebContents): Promise<boolean> {
  if (webContents.isDestroyed()) return false;
  const code =
    "(document.body?.childElementCount ?? 0) === 0 && (document.body?.innerText ?? '').trim() === ''";
  try {
    return (await webContents.executeJavaScriptInIsolatedWorld(1, [{ code }])) === true;
  } catch {
    // The window has navigated to another page in the meantime.
    return false;
  }
}

/** The fault of a response without a page; `undefined` where the status brings a page. */
function describeStatus(status: number): Fault | undefined {
  const reference = () => newReference(`HTTP ${status}`);
  if (status === 407) return makeFault('proxy', reference());
  if (status === 429) return makeFault('busy', reference(), signInDetails.busy);
  if (status >= 500) {
    return makeFault('service-failing', reference(), signInDetails.serviceFailing);
  }
  if (status >= 400) {
    return makeFault('sign-in-failed', reference(), signInPageRefused(status));
  }
  // No content, or a redirect that leads nowhere.
  const isPage = status >= 200 && status < 300 && status !== 204 && status !== 205;
  return isPage ? undefined : makeFault('answer-not-understood', reference(), signInDetails.noPage);
}
