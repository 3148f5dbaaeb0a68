/**
 * What a sign-in has left at Care Identity and at the platform is ended there too: its tokens are revoked, and its session is
 * ended, where discovery or the environment names an address for it. In the background: only the quit waits for it, and not for
 * long. A failure changes nothing for the user, whose tokens are gone from here in any case; the log says which
 * step failed and how, never with what.
 * Source: RFC 7009 (revocation); OpenID Connect RP-Initiated Logout 1.0.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiResponse } from '../network/api-response.ts';
import type { CareIdentityTokens, Cis2 } from './cis2.ts';
import type { PlatformTokens, TokenEndpoint } from './token-exchange.ts';

/**
 * `signed-out`: the user is done, here and in the browser they signed in with. `locked`: they may come back and sign in again, and
 * what else they do in that browser goes on; the tokens of before are of no further use all the same.
 */
export type EndReason = 'locked' | 'signed-out';

/** Never leaves this folder. */
export interface EndedSignIn {
  readonly careIdentity: CareIdentityTokens;
  readonly platform: PlatformTokens | undefined;
}

export interface LogoutFailure {
  readonly step:
    | 'platform-revocation'
    | 'care-identity-discovery'
    | 'care-identity-revocation'
    | 'care-identity-end-session'
    | 'unfinished';
  /** `HTTP 503`, a network error's name, or a few words of ours. */
  readonly result: string;
}

/** A page is a question to the user, who does not see it here: what it asks for is not done. */
export function failuresOf(step: LogoutFailure['step'], answer: ApiResponse): readonly LogoutFailure[] {
  if (answer.kind === 'failed') return [{ step, result: answer.detail }];
  if (answer.status < 200 || answer.status > 299) return [{ step, result: `HTTP ${answer.status}` }];
  return answer.contentType === 'text/html' ? [{ step, result: 'it answered with a page' }] : [];
}

export interface Logout {
  /** Returns at once. Never throws. */
  end(ended: EndedSignIn, reason: EndReason): void;
  /** Settles when nothing is under way any more, or has taken too long for a quit. */
  settled(): Promise<void>;
}

export interface LogoutDependencies {
  readonly cis2: Pick<Cis2, 'end'>;
  readonly endpoint: Pick<TokenEndpoint, 'revoke'>;
  readonly onFailure: (failure: LogoutFailure) => void;
}

/** For a quit. */
const longestWaitMs = 2_000;

export function createLogout({ cis2, endpoint, onFailure }: LogoutDependencies): Logout {
  const pending = new Set<Promise<void>>();

  async function run({ careIdentity, platform }: EndedSignIn, reason: EndReason): Promise<void> {
    const steps = [cis2.end(careIdentity, reason)];
    if (platform !== undefined && endpoint.revoke !== undefined) steps.push(endpoint.revoke(platform));
    for (const failures of await Promise.all(steps)) failures.forEach(onFailure);
  }

  return {
    end(ended, reason) {
      const work = run(ended, reason)
        .catch(() => undefined)
        .finally(() => pending.delete(work));
      pending.add(work);
    },
    async settled() {
      await Promise.race([Promise.all(pending), delay(longestWaitMs)]);
      if (pending.size > 0) onFailure({ step: 'unfinished', result: 'no answer before the quit' });
    },
  };
}
