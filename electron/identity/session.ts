/**
 * The user's session: drives the state machine, Care Identity and the token room, and tells the rest of the
 * application who is signed in. Nothing that leaves this file can be used to ask a service anything, except
 * `authorisedFetch`.
 */
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { Permissions, SessionView } from '../../shared/session.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { AuthorisedFetch } from '../network/api-response.ts';
import type { AuthenticatedUser, Cis2, SignInRequest } from './cis2.ts';
import type { EndReason, Logout } from './logout.ts';
import { readPermissions } from './permissions.ts';
import type { HeldRole } from './role.ts';
import {
  initialState,
  isAttempt,
  nextState,
  type Person,
  previousUserOf,
  type SessionEvent,
  type SessionState,
  type UserChange,
  userChangeBetween,
} from './session-state.ts';
import { viewOf } from './session-view.ts';
import { signInTimeLimit } from './sign-in-user-agent.ts';
import type { TokenStore } from './token-store.ts';

export type SessionListener = (view: SessionView, before: SessionView, userChange: UserChange) => void;

export interface Session {
  view(): SessionView;
  /** Called after every change. Returns the function that ends it. */
  onChange(listener: SessionListener): () => void;
  /** Signs in, or unlocks; a second call while one runs does nothing. Settles when the attempt has ended. */
  signIn(): Promise<SessionView>;
  chooseRole(roleId: string): Promise<SessionView>;
  changeRole(): Promise<SessionView>;
  lock(): SessionView;
  signOut(): SessionView;
  readonly authorisedFetch: AuthorisedFetch;
  permissions(): Permissions | undefined;
  /** For `NHSD-Session-URID`, where the environment asks for it. */
  roleId(): string | undefined;
  /**
   * The Care Identity user id of who is signed in, or has locked, changes role, or whose session has ended by itself.
   * `undefined` after a sign-out.
   */
  lastUserId(): string | undefined;
  /** Who acts, for the audit trail. */
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
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly logout: Pick<Logout, 'end'>;
  /** Milliseconds after which the session ends whatever the user does. */
  readonly absoluteLimit: number;
}

/** A sign-in under way: from the click to the session, or to nothing. */
interface Attempt {
  readonly number: number;
  readonly abort: AbortController;
  /** Who has still to choose a role. */
  waiting?: AuthenticatedUser;
}

export function createSession({
  cis2,
  openTokenStore: openTokenRoom,
  now,
  logout,
  absoluteLimit,
}: SessionDependencies): Session {
  let state: SessionState = initialState;
  let attempts = 0;
  let current: Attempt | undefined;
  let endTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<SessionListener>();
  const tokenStore = openTokenRoom((fault) => apply({ kind: 'ended', fault }));

  function apply(event: SessionEvent): void {
    const before = state;
    state = nextState(state, event);
    if (state === before) return;
    // A token is kept while a user is signed in, and not a moment longer.
    const reason: EndReason = event.kind === 'sign-out' ? 'signed-out' : 'locked';
    if (state.kind !== 'signed-in') tokenStore.close(reason);
    if (current !== undefined && !isAttempt(state, current.number)) {
      current.abort.abort();
      if (current.waiting !== undefined) {
        logout.end({ careIdentity: current.waiting.tokens, platform: undefined }, reason);
      }
      current = undefined;
    }
    clearTimeout(endTimer);
    const end = endOf(state);
    if (end !== undefined) {
      endTimer = setTimeout(() => apply(end.event()), end.after);
      endTimer.unref?.();
    }
    const userChange = userChangeBetween(before, state);
    const [shown, shownBefore] = [viewOf(state), viewOf(before)];
    for (const listener of listeners) listener(shown, shownBefore, userChange);
  }

  /** What ends a state by itself, and after how many milliseconds. */
  function endOf(
    of: SessionState,
  ): { readonly event: () => SessionEvent; readonly after: number } | undefined {
    switch (of.kind) {
      case 'signed-in':
        return { event: endOfSession, after: Math.max(0, of.person.endsAtMonotonic - performance.now()) };
      case 'choosing-role': {
        // Nobody may choose a role for somebody who has walked away (H14).
        const fault = makeFault('sign-in-cancelled', newReference());
        return { event: () => ({ kind: 'failed', attempt: of.attempt, fault }), after: signInTimeLimit };
      }
      case 'signed-out':
      case 'signing-in':
      case 'locked':
      case 'unlocking':
        return undefined;
    }
  }

  async function begin(kind: 'start' | 'change-role'): Promise<SessionView> {
    const attempt: Attempt = { number: attempts + 1, abort: new AbortController() };
    const event = { kind, attempt: attempt.number };
    // A second click, or one that came too late.
    if (nextState(state, event) === state) return viewOf(state);
    const strength = strengthAfter(state);
    attempts = attempt.number;
    current = attempt;
    apply(event);
    const purpose = kind === 'start' ? 'sign-in' : 'change-role';
    const outcome = await cis2.signIn({ purpose, acr: strength, signal: attempt.abort.signal });
    if (attempt !== current) {
      // The session has gone on without this sign-in.
      if (outcome.kind === 'identified') {
        logout.end({ careIdentity: outcome.identified.tokens, platform: undefined }, 'locked');
      }
      return viewOf(state);
    }
    if (outcome.kind === 'refused') {
      apply({ kind: 'failed', attempt: attempt.number, fault: outcome.fault });
      return viewOf(state);
    }
    const { identified } = outcome;
    if (identified.role.kind === 'selected') return enter(attempt, identified, identified.role.role);
    attempt.waiting = identified;
    apply({ kind: 'role-needed', attempt: attempt.number, roles: identified.role.roles });
    return viewOf(state);
  }

  async function enter(
    attempt: Attempt,
    identified: AuthenticatedUser,
    role: HeldRole,
  ): Promise<SessionView> {
    const fault = await tokenStore.open(identified.tokens);
    if (attempt !== current) return viewOf(state);
    if (fault !== undefined) apply({ kind: 'failed', attempt: attempt.number, fault });
    else {
      const person: Person = {
        userId: identified.userId,
        user: { name: identified.name, role: role.name, organisation: role.organisation },
        roleId: role.id,
        permissions: readPermissions(role.activityCodes),
        endsAt: now() + absoluteLimit,
        endsAtMonotonic: performance.now() + absoluteLimit,
      };
      apply({ kind: 'succeeded', attempt: attempt.number, person });
    }
    return viewOf(state);
  }

  const signedIn = () => (state.kind === 'signed-in' ? state.person : undefined);

  return {
    view: () => viewOf(state),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    signIn: () => begin('start'),
    changeRole: () => begin('change-role'),
    async chooseRole(roleId) {
      const identified = current?.waiting;
      const role = state.kind === 'choosing-role' ? state.roles.find(({ id }) => id === roleId) : undefined;
      if (current === undefined || identified === undefined || role === undefined) return viewOf(state);
      // The choice is made once.
      delete current.waiting;
      return enter(current, identified, role);
    },
    lock() {
      apply({ kind: 'lock' });
      return viewOf(state);
    },
    signOut() {
      apply({ kind: 'sign-out' });
      return viewOf(state);
    },
    async authorisedFetch(request) {
      // A computer that slept past the end ran no timer.
      const person = signedIn();
      if (person !== undefined && now() >= person.endsAt) apply(endOfSession());
      return tokenStore.authorisedFetch(request);
    },
    permissions: () => signedIn()?.permissions,
    roleId: () => signedIn()?.roleId,
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

/** After a sign-in that was not strong enough, the next one asks for the strongest there is. */
function strengthAfter(state: SessionState): SignInRequest['acr'] {
  return 'lastFault' in state && state.lastFault?.kind === 'assurance-too-low' ? 'step-up' : 'default';
}
