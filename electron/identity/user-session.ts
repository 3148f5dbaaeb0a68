/**
 * What the rest of the main process gets of `electron/identity`: the session and the logout's `settled`, and no object that
 * holds a token.
 */
import type { Environment } from '../settings/environment.ts';
import { composeIdentity, type IdentityDependencies } from './compose-identity.ts';
import type { Logout } from './logout.ts';
import type { Session } from './session.ts';

export interface UserSession {
  readonly session: Session;
  readonly logout: Pick<Logout, 'settled'>;
}

export interface UserSessionDependencies
  extends Omit<IdentityDependencies, 'environment' | 'timeoutMs' | 'absoluteLimitMs'> {
  readonly environment: Environment;
}

export function createUserSession(dependencies: UserSessionDependencies): UserSession {
  const { timeoutSeconds, session: limits } = dependencies.environment;
  const { session, logout } = composeIdentity({
    ...dependencies,
    timeoutMs: timeoutSeconds * 1_000,
    absoluteLimitMs: limits.absoluteHours * 3_600_000,
  });
  return { session, logout };
}
