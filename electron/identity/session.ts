import { type Fault, makeFault, signInDetails } from '../../shared/fault.ts';
import type { Permissions, SessionView } from '../../shared/session.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { AuthorisedFetch } from '../network/api-response.ts';
import type { AcrRequest } from './acr-values.ts';
import type { AuthenticatedUser, Cis2 } from './cis2.ts';
import type { Logout } from './logout.ts';
import type { EndReason } from './logout-failure.ts';
import { readPermissions } from './permissions.ts';
import type { HeldRole } from './role.ts';
import {
  initialState,
  isAttempt,
  isRenewal,
  nextState,
  type Person,
  previousUserOf,
  type SessionEvent,
  type SessionState,
  type UserChange,
  userChangeBetween,
} from './session-state.ts';
import { viewOf } from './session-view.ts';
import { signInTimeLimitMs } from './sign-in-user-agent.ts';
import type { TokenStore } from './token-store.ts';

export type SessionListener = (view: SessionView, before: SessionView, userChange: UserChange) => void;

export interface Session {
  view(): SessionView;
  /** Calls `listener` after every change. Returns the function that removes the listener. */
  onChange(listener: SessionListener): () => void;
  /** Signs in or unlocks; does nothing while a sign-in runs. Resolves when the attempt has ended. Never rejects. */
  signIn(): Promise<SessionView>;
  chooseRole(roleId: string): Promise<SessionView>;
  changeRole(): Promise<SessionView>;
  /**
   * The signed-in user signs in again and has the whole time anew; nothing else changes. `step-up`: in a stronger way;
   * without it by what the last sign-in asked for, so that a step-up is asked for again (an unlock asks for the site's
   * own). Where the same user in the same role does not come back, the session goes on to its end; where another user
   * does, it ends at once (H14).
   */
  signInAgain(stronger?: 'step-up'): Promise<SessionView>;
  lock(): SessionView;
  signOut(): SessionView;
  readonly authorisedFetch: AuthorisedFetch;
  permissions(): Permissions | undefined;
  /** The role in which the user is signed in, for the headers of the services. */
  role(): { readonly id: string; readonly organisationCode: string | undefined } | undefined;
  /**
   * The Care Identity user id of the user who is signed in, locked the viewer, is changing role, or whose session ended
   * by itself. `undefined` after a sign-out.
   */
  lastUserId(): string | undefined;
  actor():
    | {
        readonly userId: string;
        readonly roleId: string;
        readonly role: string;
        readonly organisation: string;
      }
    | undefined;
}

export interface SessionDependencies {
  readonly cis2: Pick<Cis2, 'signIn'>;
  readonly openTokenStore: (onEnded: (fault: Fault) => void) => TokenStore;
  readonly now: () => Date;
  /**
   * A clock for the session's end, in milliseconds: it goes on while the computer sleeps, and nobody can set it. Set back, the
   * computer's clock would keep a session for longer than is allowed; set ahead, it would take an answer away.
   */
  readonly uptimeMs: () => number;
  readonly logout: Pick<Logout, 'end'>;
  /** The session ends after this time at the latest, active or not. */
  readonly absoluteLimitMs: number;
}

/** One sign-in, from the click to the session or the fault. */
interface Attempt {
  readonly number: number;
  readonly abort: AbortController;
  readonly acr: AcrRequest;
  /** The user who has yet to choose a role. */
  userChoosingRole?: AuthenticatedUser;
}

/**
 * The user's session: drives the state machine, Care Identity and the token store, and tells the rest of the application
 * who is signed in. `authorisedFetch` is the only way that the session offers to reach a service.
 */
export function createSession({
  cis2,
  openTokenStore,
  now,
  uptimeMs,
  logout,
  absoluteLimitMs,
}: SessionDependencies): Session {
  let state: SessionState = initialState;
  let attempts = 0;
  let current: Attempt | undefined;
  let endTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<SessionListener>();
  const tokenStore = openTokenStore((fault) => apply({ kind: 'ended', fault }));

  const view = (): SessionView => viewOf(state, uptimeMs());

  function apply(event: SessionEvent): void {
    const before = state;
    state = nextState(state, event);
    if (state === before) return;
    // The store keeps tokens only while a user is signed in.
    const reason: EndReason = event.kind === 'sign-out' ? 'signed-out' : 'locked';
    if (state.kind !== 'signed-in') tokenStore.close(reason);
    if (current !== undefined && !isAttempt(state, current.number) && !isRenewal(state, current.number)) {
      current.abort.abort();
      if (current.userChoosingRole !== undefined) drop(current.userChoosingRole, reason);
      current = undefined;
    }
    clearTimeout(endTimer);
    const end = endOf(state);
    if (end !== undefined) {
      endTimer = setTimeout(() => apply(end.event()), end.afterMs);
      endTimer.unref?.();
    }
    const userChange = userChangeBetween(before, state);
    const [viewNow, viewBefore] = [view(), viewOf(before, uptimeMs())];
    for (const listener of listeners) listener(viewNow, viewBefore, userChange);
  }

  /** The event that ends a state by itself, and the time until that event. */
  function endOf(
    ending: SessionState,
  ): { readonly event: () => SessionEvent; readonly afterMs: number } | undefined {
    switch (ending.kind) {
      case 'signed-in':
        return {
          event: endOfSession,
          afterMs: Math.max(0, ending.person.endsAtUptimeMs - uptimeMs()),
        };
      case 'choosing-role': {
        // No other person may choose a role for a user who has left the workstation (H14).
        const fault = makeFault('sign-in-cancelled', newReference());
        return {
          event: () => ({ kind: 'failed', attempt: ending.attempt, fault }),
          afterMs: signInTimeLimitMs,
        };
      }
      case 'signed-out':
      case 'signing-in':
      case 'locked':
      case 'unlocking':
        return undefined;
    }
  }

  /** `undefined` where the state has no place for one: a second click, or a click that comes too late. */
  function startAttempt(
    kind: 'start' | 'change-role' | 'sign-in-again',
    acr: AcrRequest,
  ): Attempt | undefined {
    const attempt: Attempt = { number: attempts + 1, abort: new AbortController(), acr };
    const event = { kind, attempt: attempt.number };
    if (nextState(state, event) === state) return undefined;
    current?.abort.abort(); // a change of role ends a sign-in before the session's end
    attempts = attempt.number;
    current = attempt;
    apply(event);
    return attempt;
  }

  function drop({ tokens }: AuthenticatedUser, reason: EndReason): void {
    logout.end({ careIdentity: tokens, platform: undefined }, reason);
  }

  async function begin(kind: 'start' | 'change-role'): Promise<void> {
    const attempt = startAttempt(kind, acrAfter(state));
    if (attempt === undefined) return;
    const { abort, acr, number } = attempt;
    const purpose = kind === 'start' ? 'sign-in' : 'change-role';
    const outcome = await cis2.signIn({ purpose, acr, signal: abort.signal });
    if (attempt !== current) {
      // A lock, a sign-out or a time limit has ended this attempt.
      if (outcome.kind === 'authenticated') drop(outcome.user, 'locked');
      return;
    }
    if (outcome.kind === 'refused') {
      apply({ kind: 'failed', attempt: number, fault: outcome.fault });
      return;
    }
    const { role, name } = outcome.user;
    if (role.kind === 'selected') return enter(attempt, outcome.user, role.role);
    attempt.userChoosingRole = outcome.user;
    apply({ kind: 'role-needed', attempt: number, userName: name, roles: role.roles });
  }

  async function enter(attempt: Attempt, authenticated: AuthenticatedUser, role: HeldRole): Promise<void> {
    const fault = await tokenStore.open(authenticated.tokens);
    if (attempt !== current) return;
    const { number, acr } = attempt;
    if (fault !== undefined) apply({ kind: 'failed', attempt: number, fault });
    else apply({ kind: 'succeeded', attempt: number, person: personOf(authenticated, role, acr) });
  }

  function personOf(authenticated: AuthenticatedUser, role: HeldRole, acr: AcrRequest): Person {
    // H21: an end that the user is not told of takes an answer away.
    const renewableMs = (tokenStore.renewableUntil() ?? Number.POSITIVE_INFINITY) - now().getTime();
    const limitMs = Math.min(absoluteLimitMs, renewableMs);
    return {
      userId: authenticated.userId,
      user: { name: authenticated.name, role: role.name, organisation: role.organisation },
      roleId: role.id,
      acr,
      organisationCode: role.organisationCode,
      permissions: readPermissions(role.activityCodes),
      hasOtherRoles: authenticated.hasOtherRoles,
      endsAtUptimeMs: uptimeMs() + limitMs,
    };
  }

  async function signInAgain(acr: AcrRequest): Promise<void> {
    const person = signedIn();
    const attempt = startAttempt('sign-in-again', acr);
    if (person === undefined || attempt === undefined) return;
    const { userId, roleId } = person;
    const { signal } = attempt.abort;
    const outcome = await cis2.signIn({ purpose: 'sign-in', acr, signal });
    if (outcome.kind === 'refused') {
      if (attempt === current) fail(attempt, outcome.fault);
      return;
    }
    const authenticated = outcome.user;
    const roles =
      authenticated.role.kind === 'selected' ? [authenticated.role.role] : authenticated.role.roles;
    const role = roles.find(({ id }) => id === roleId);
    if (attempt !== current || authenticated.userId !== userId || role === undefined) {
      drop(authenticated, 'locked');
      if (attempt !== current) return;
      // H14: another user is at the screen, on which a patient of this user may be open.
      if (authenticated.userId !== userId) {
        const fault = makeFault('sign-in-failed', newReference(), signInDetails.otherUserAgain);
        apply({ kind: 'ended', fault });
      } else {
        fail(attempt, makeFault('sign-in-failed', newReference(), signInDetails.otherRoleAgain));
      }
      return;
    }
    const fault = await tokenStore.replace(authenticated.tokens);
    if (attempt !== current) return;
    if (fault !== undefined) fail(attempt, fault);
    else apply({ kind: 'renewed', attempt: attempt.number, person: personOf(authenticated, role, acr) });
  }

  function fail(attempt: Attempt, fault: Fault): void {
    apply({ kind: 'not-renewed', attempt: attempt.number, fault });
  }

  const signedIn = () => (state.kind === 'signed-in' ? state.person : undefined);

  async function viewAfter(work: Promise<void>): Promise<SessionView> {
    await work;
    return view();
  }

  return {
    view,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    signIn: () => viewAfter(begin('start')),
    changeRole: () => viewAfter(begin('change-role')),
    signInAgain: (stronger) => viewAfter(signInAgain(stronger ?? acrAfter(state))),
    async chooseRole(roleId) {
      const authenticated = current?.userChoosingRole;
      const role = state.kind === 'choosing-role' ? state.roles.find(({ id }) => id === roleId) : undefined;
      if (current === undefined || authenticated === undefined || role === undefined) return view();
      // A second choice does nothing.
      delete current.userChoosingRole;
      return viewAfter(enter(current, authenticated, role));
    },
    lock() {
      apply({ kind: 'lock' });
      return view();
    },
    signOut() {
      apply({ kind: 'sign-out' });
      return view();
    },
    async authorisedFetch(request) {
      // No timer fires while the computer sleeps.
      const person = signedIn();
      if (person !== undefined && uptimeMs() >= person.endsAtUptimeMs) apply(endOfSession());
      return tokenStore.authorisedFetch(request);
    },
    permissions: () => signedIn()?.permissions,
    role() {
      const person = signedIn();
      return person && { id: person.roleId, organisationCode: person.organisationCode };
    },
    lastUserId: () => previousUserOf(state)?.userId,
    actor() {
      const person = signedIn();
      if (person === undefined) return undefined;
      const { userId, roleId, user } = person;
      return { userId, roleId, role: user.role, organisation: user.organisation };
    },
  };
}

function endOfSession(): SessionEvent {
  return { kind: 'ended', fault: makeFault('signed-out', newReference()) };
}

/** After too low an assurance the strongest acr; otherwise that by which the user is signed in. */
function acrAfter(state: SessionState): AcrRequest {
  if ('lastFault' in state && state.lastFault?.kind === 'assurance-too-low') return 'step-up';
  return state.kind === 'signed-in' ? state.person.acr : 'default';
}
