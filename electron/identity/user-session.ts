import type { Environment } from '../settings/environment.ts';
import type { Cis2 } from './cis2.ts';
import { composeIdentity, type IdentityDependencies } from './compose-identity.ts';
import type { Logout } from './logout.ts';
import type { Session } from './session.ts';

export interface UserSession {
  readonly session: Session;
  readonly logout: Pick<Logout, 'settled'>;
  readonly prepare: Cis2['prepare'];
}

export interface UserSessionDependencies
  extends Omit<IdentityDependencies, 'environment' | 'timeoutMs' | 'absoluteLimitMs'> {
  readonly environment: Environment;
}

/**
 * What the rest of the main process gets of `electron/identity`: the session, the logout's `settled` and `prepare`, and no
 * object that holds a token.
 */
export function createUserSession(dependencies: UserSessionDependencies): UserSession {
  const { timeoutSeconds, session: limits } = dependencies.environment;
  const { session, logout, cis2 } = composeIdentity({
    ...dependencies,
    timeoutMs: timeoutSeconds * 1_000,
    absoluteLimitMs: limits.absoluteHours * 3_600_000,
  });
  return { session, logout, prepare: cis2.prepare };
}
