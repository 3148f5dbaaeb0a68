/**
 * Composes Care Identity, the platform's token endpoint, the token store and the session. The rest of the main process
 * gets the session and the logout's `settled`, and no object that holds a token.
 */
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import type { Cis2Dependencies } from './cis2.ts';
import { createLazyCis2 } from './lazy-cis2.ts';
import { createLogout, type Logout } from './logout.ts';
import type { LogoutFailure } from './logout-failure.ts';
import { createSession, type Session } from './session.ts';
import type { SignInUserAgent } from './sign-in-user-agent.ts';
import type { Signer } from './signers/signer.ts';
import { createTokenEndpoint } from './token-exchange.ts';
import { createTokenStore } from './token-store.ts';

export interface UserSession {
  readonly session: Session;
  readonly logout: Pick<Logout, 'settled'>;
}

export interface UserSessionDependencies {
  readonly environment: Environment;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly surface: SignInUserAgent;
  readonly confirmUser: Cis2Dependencies['confirmUser'];
  /** `cis2` is `undefined` with `client_secret_post`. */
  readonly signers: { readonly platform: Signer; readonly cis2: Signer | undefined };
  readonly now: () => Date;
  readonly onLogoutFailure: (failure: LogoutFailure) => void;
}

export function createUserSession(dependencies: UserSessionDependencies): UserSession {
  const { environment, network, clockSkew, surface, confirmUser, signers, now, onLogoutFailure } =
    dependencies;
  const { cis2: settings, platform, pds, cpis, session: limits, timeoutSeconds } = environment;
  const timeoutMs = timeoutSeconds * 1_000;
  const endpoint = createTokenEndpoint({
    settings: platform,
    timeoutMs,
    network,
    clockSkew,
    signer: signers.platform,
    now,
  });
  const cis2 = createLazyCis2({
    settings,
    timeoutMs,
    network,
    clockSkew,
    userAgent: surface,
    confirmUser,
    signer: signers.cis2,
    onUnused: (careIdentity) => logout.end({ careIdentity, platform: undefined }, 'locked'),
    now,
  });
  const logout = createLogout({ cis2, endpoint, onFailure: onLogoutFailure });
  const session = createSession({
    cis2,
    openTokenStore: (onEnded) =>
      createTokenStore({
        endpoint,
        network,
        origins: new Set([new URL(pds.baseUrl).origin, new URL(cpis.baseUrl).origin]),
        now,
        onEnded,
        logout,
      }),
    now,
    logout,
    absoluteLimitMs: limits.absoluteHours * 3_600_000,
  });
  return { session, logout };
}
