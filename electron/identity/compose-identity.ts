import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import type { Cis2, Cis2Dependencies } from './cis2.ts';
import { createLazyCis2 } from './lazy-cis2.ts';
import { createLogout, type Logout } from './logout.ts';
import type { LogoutFailure } from './logout-failure.ts';
import { createSession, type Session, type SessionDependencies } from './session.ts';
import type { SignInUserAgent } from './sign-in-user-agent.ts';
import type { Signer } from './signers/signer.ts';
import { createTokenEndpoint, type TokenEndpoint } from './token-exchange.ts';
import { createTokenStore } from './token-store.ts';

export interface IdentityDependencies {
  readonly environment: Pick<Environment, 'cis2' | 'platform' | 'pds' | 'cpis'>;
  readonly timeoutMs: number;
  readonly absoluteLimitMs: number;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly userAgent: SignInUserAgent;
  readonly confirmUser: Cis2Dependencies['confirmUser'];
  /** `cis2` is `undefined` with `client_secret_post`. */
  readonly signers: { readonly platform: Signer; readonly cis2: Signer | undefined };
  readonly now: () => Date;
  readonly uptimeMs: SessionDependencies['uptimeMs'];
  readonly onLogoutFailure: (failure: LogoutFailure) => void;
}

export interface ComposedIdentity {
  readonly cis2: Cis2;
  readonly endpoint: TokenEndpoint;
  readonly session: Session;
  readonly logout: Logout;
}

/** Composes Care Identity, the platform's token endpoint, the token store and the session, for the application and for tests. */
export function composeIdentity(dependencies: IdentityDependencies): ComposedIdentity {
  const { environment, timeoutMs, absoluteLimitMs, network, clockSkew, signers, now } = dependencies;
  const { cis2: settings, platform, pds, cpis } = environment;
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
    userAgent: dependencies.userAgent,
    confirmUser: dependencies.confirmUser,
    signer: signers.cis2,
    onUnused: (careIdentity) => logout.end({ careIdentity, platform: undefined }, 'locked'),
    now,
  });
  const logout = createLogout({ cis2, endpoint, onFailure: dependencies.onLogoutFailure });
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
    uptimeMs: dependencies.uptimeMs,
    logout,
    absoluteLimitMs,
  });
  return { cis2, endpoint, session, logout };
}
