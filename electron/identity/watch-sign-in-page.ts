/**
 * Notices at once when a page of the sign-in window does not come, so that nobody sits before a white window: an HTTP
 * error with or without a body, an answer that holds no page, a load that fails or does not end. The user's own time, in
 * which a page stands and waits for a card or a code, is not limited here.
 * Source: Electron, `webContents` events `did-start-navigation`, `did-navigate`, `dom-ready`, `did-fail-load`,
 * `session` event `will-download`, `webRequest.onResponseStarted`; RFC 9110, section 15 (statuses).
 */
import type { Session, WebContents } from 'electron';
import { type Fault, makeFault } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { describeNetworkError } from '../network/network-failure.ts';
import { describeFailedAnswer } from './identity-fault.ts';

export interface SignInPageOptions {
  readonly webContents: WebContents;
  /** The session of this window alone. */
  readonly session: Session;
  /** Within this time the first page answers. */
  readonly timeoutMs: number;
  /** Called once at most. */
  readonly onFailure: (fault: Fault) => void;
}

/** Chromium's name for a navigation that something else overtook, or that came to nothing. */
const abortedLoad = -3;
/** A page may wait for a PIN or a telephone before it answers, and a slow link takes its time. */
const patience = 6;
/** A page that forwards the user by itself may be empty for a moment. */
const emptyPageMs = 5_000;

/** Gives the function that ends the watch. Call before the first load. */
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

  function within(limitMs: number, then: () => void): void {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(then, limitMs);
  }

  function failWithoutPage(): void {
    fail(makeFault('answer-not-understood', newReference('no sign-in page'), noPage));
  }

  const tooSlow = (): void => fail(makeFault('timed-out', newReference('sign-in page'), notInTime));

  session.webRequest.onResponseStarted(({ resourceType, statusCode }) => {
    if (resourceType !== 'mainFrame') return;
    const fault = describeStatus(statusCode);
    if (fault !== undefined) fail(fault);
  });
  // A file in place of a page; every session refuses it.
  session.on('will-download', failWithoutPage);
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) within(hasPage ? patience * timeoutMs : timeoutMs, tooSlow);
  });
  // The first bytes of a document are there; the rest of it may come slowly.
  webContents.on('did-navigate', () => within(patience * timeoutMs, tooSlow));
  webContents.on('dom-ready', () => {
    hasPage = true;
    within(emptyPageMs, () => {
      void isEmptyPage(webContents).then((isEmpty) => {
        if (isEmpty) failWithoutPage();
      });
    });
  });
  webContents.on('did-fail-load', (_event, code, description, _address, isMainFrame) => {
    if (!isMainFrame) return;
    if (code === abortedLoad) {
      // Behind an earlier page this leaves that page as it was.
      if (!hasPage) failWithoutPage();
      return;
    }
    fail(describeFailedAnswer(describeNetworkError(new Error(`net::${description}`))));
  });
  return end;
}

/** In a world of its own, which the page cannot reach. */
async function isEmptyPage(webContents: WebContents): Promise<boolean> {
  if (webContents.isDestroyed()) return false;
  const code =
    "(document.body?.childElementCount ?? 0) === 0 && (document.body?.innerText ?? '').trim() === ''";
  try {
    return (await webContents.executeJavaScriptInIsolatedWorld(1, [{ code }])) === true;
  } catch {
    // It has gone on to another page meanwhile.
    return false;
  }
}

/** `undefined`: a page comes with it. */
function describeStatus(status: number): Fault | undefined {
  const reference = () => newReference(`HTTP ${status}`);
  if (status === 407) return makeFault('proxy', reference());
  if (status === 429)
    return makeFault('busy', reference(), { happened: 'Care Identity is too busy to answer.' });
  if (status >= 500) {
    return makeFault('service-failing', reference(), { happened: 'Care Identity is not working properly.' });
  }
  if (status >= 400) {
    return makeFault('sign-in-failed', reference(), {
      happened: `Care Identity, or something between this computer and it, refused to show the sign-in page (HTTP ${status}).`,
    });
  }
  // No content, or a redirect that leads nowhere.
  const isPage = status >= 200 && status < 300 && status !== 204 && status !== 205;
  return isPage ? undefined : makeFault('answer-not-understood', reference(), noPage);
}

const tryAgain = 'Try to sign in again. If it happens again, give the reference to your IT service desk.';
const notInTime = { happened: 'Care Identity did not answer in time.', action: tryAgain };
const noPage = { happened: 'Care Identity answered without a sign-in page.', action: tryAgain };
