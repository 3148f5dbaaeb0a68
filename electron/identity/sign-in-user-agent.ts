/**
 * The user agent of a sign-in (RFC 8252): the application's own sign-in window or the system's browser. Both return the
 * URL that the identity provider redirected to, without reading its parameters.
 */
import { type Fault, makeFault, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';

export interface SignInPage {
  readonly authorisationUrl: URL;
  readonly redirectUri: URL;
  /** Aborted on a lock, on a sign-out, and when the application quits: the page is then closed. */
  readonly signal: AbortSignal;
}

export type SignInReturn =
  | {
      readonly kind: 'redirected';
      readonly url: URL;
      /**
       * `this-user`: the user who began to sign in has certainly answered. `unknown`: another user of the computer may have
       * signed in with their own browser, so the viewer asks "Are you …?".
       */
      readonly answeredBy: 'this-user' | 'unknown';
    }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** Never throws. */
export type SignInUserAgent = (page: SignInPage) => Promise<SignInReturn>;

/** A sign-in page is closed after this time. */
export const signInTimeLimitMs = 5 * 60_000;

/** The fault where the time limit was reached. */
export function notInTime(): Fault {
  return makeFault('sign-in-cancelled', newReference('sign-in time'), signInDetails.notFinished);
}

/**
 * Whether `url` is the redirect URI with any query (RFC 6749, section 3.1.2: the rest is compared exactly). The URLs of all
 * private schemes have the same `origin`.
 */
export function isRedirect(url: URL, redirectUri: URL): boolean {
  const { protocol, host, pathname } = redirectUri;
  return url.protocol === protocol && url.host === host && url.pathname === pathname;
}
