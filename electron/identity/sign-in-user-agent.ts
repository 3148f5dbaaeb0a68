/**
 * Where the user signs in: a window of the application's own, or the system's browser. Both bring back the address
 * that the identity provider redirected to, unread.
 */
import { type Fault, makeFault, signInDetails } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';

export interface SignInPage {
  readonly authorisationUrl: URL;
  readonly redirectUri: URL;
  /** Aborted on lock, on sign-out, and when the application ends: the page is then closed. */
  readonly signal: AbortSignal;
}

export type SignInReturn =
  | {
      readonly kind: 'redirected';
      readonly url: URL;
      /**
       * Whether the answer certainly comes from the user who began to sign in. `unknown`: another user of the computer may
       * have signed in with a browser of their own, so that this user is to be asked who they are.
       */
      readonly answeredBy: 'this-user' | 'unknown';
    }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** Never throws. */
export type SignInUserAgent = (page: SignInPage) => Promise<SignInReturn>;

/** How long a sign-in page stays open, milliseconds. */
export const signInTimeLimit = 5 * 60_000;

/** The sign-in page was open for that long. */
export function notInTime(): Fault {
  return makeFault('sign-in-cancelled', newReference('sign-in time'), signInDetails.notFinished);
}

/** The address is the redirect URI, whatever its query (RFC 6749, section 3.1.2: compared exactly otherwise). */
export function isRedirect(url: URL, redirectUri: URL): boolean {
  return url.origin === redirectUri.origin && url.pathname === redirectUri.pathname;
}
