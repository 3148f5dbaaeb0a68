import { setTimeout as delay } from 'node:timers/promises';
import type { CareIdentityTokens, Cis2 } from './cis2.ts';
import type { EndReason, LogoutFailure } from './logout-failure.ts';
import type { PlatformTokens, TokenEndpoint } from './token-exchange.ts';

/** Never leaves this folder. */
export interface EndedSignIn {
  readonly careIdentity: CareIdentityTokens;
  readonly platform: PlatformTokens | undefined;
}

export interface Logout {
  /** Returns at once. Never throws. */
  end(ended: EndedSignIn, reason: EndReason): void;
  /** Settles when all logouts have ended, or after the longest time that a quit waits. Never rejects. */
  settled(): Promise<void>;
}

export interface LogoutDependencies {
  readonly cis2: Pick<Cis2, 'end'>;
  readonly endpoint: Pick<TokenEndpoint, 'revoke'>;
  readonly onFailure: (failure: LogoutFailure) => void;
}

const longestQuitWaitMs = 2_000;

/**
 * Logs out at the services: revokes the tokens of a sign-in at Care Identity and at the platform, and ends the session at
 * Care Identity, where discovery or the environment names an endpoint. The logout runs in the background; only a quit
 * waits for it, for two seconds at most. A failure changes nothing for the user, because the viewer has dropped the
 * tokens already. The log names the step that failed and its result, never a token.
 * Source: RFC 7009 (revocation); OpenID Connect RP-Initiated Logout 1.0.
 */
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
      await Promise.race([Promise.all(pending), delay(longestQuitWaitMs)]);
      if (pending.size > 0) onFailure({ step: 'unfinished', result: 'no answer before the quit' });
    },
  };
}
