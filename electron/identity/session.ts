/**
 * The user's session: drives the state machine, Care Identity and the token room, and tells the rest of the
 * application who is signed in. Nothing that leaves this file can be used to ask a service anything, except
 * `authorisedFetch`.
 */
import type { Fault } from '../../shared/fault.ts';
import { makeFault } from '../../shared/fault.ts';
import type { Permissions, SessionView } from '../../shared/session.ts';
import type { AuthorisedFetch } from '../network/answer.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Cis2, Identified } from './cis2.ts';
import { describeIdentityError, newReference } from './identity-fault.ts';
import { readPermissions } from './permissions.ts';
import type { HeldRole } from './role.ts';
import {
  initialState,
  nextState,
  type Person,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';
import type { TokenRoom } from './token-room.ts';

export interface Session {
  view(): SessionView;
  /** Called after every change with the new view and the one before. Returns the function that ends it. */
  onChange(listener: (view: SessionView, before: SessionView) => void): () => void;
  /** Signs in, or unlocks; a second call while one runs does nothing. Settles when the attempt has ended. */
  signIn(): Promise<SessionView>;
  chooseRole(roleId: string): Promise<SessionView>;
  changeRole(): Promise<SessionView>;
  lock(): SessionView;
  signOut(fault?: Fault): SessionView;
  readonly authorisedFetch: AuthorisedFetch;
  permissions(): Permissions | undefined;
  /** For `NHSD-Session-URID`; only where the role was picked here, or the environment asks for it always. */
  roleId(): string | undefined;
  /** Who acts, for the audit trail. */
  actor():
    | { readonly userId: string; readonly name: string; readonly role: string; readonly organisation: string }
    | undefined;
}

export interface SessionDependencies {
  readonly cis2: Cis2;
  readonly openTokenRoom: (onEnded: (fault: Fault) => void) => TokenRoom;
  readonly clockSkew: ClockSkew;
  readonly now: () => number;
  /** Milliseconds after which the session ends whatever the user does. */
  readonly absoluteLimit: number;
}

export function createSession({
  cis2,
  openTokenRoom,
  clockSkew,
  now,
  absoluteLimit,
}: SessionDependencies): Session {
  let state: SessionState = initialState;
  let attempts = 0;
  let abort = new AbortController();
  let endTimer: ReturnType<typeof setTimeout> | undefined;
  /** Someone identified who has still to choose a role. */
  let waiting: Identified | undefined;
  const listeners = new Set<(view: SessionView, before: SessionView) => void>();
  const room = openTokenRoom((fault) => apply({ kind: 'sign-out', fault }));

  function apply(event: SessionEvent): void {
    const before = state;
    state = nextState(state, event);
    if (state === before) return;
    if (state.kind !== 'choosing-role') waiting = undefined;
    if (state.kind === 'signed-in') {
      endTimer = setTimeout(endOfSession, Math.max(0, state.person.endsAt - now()));
      endTimer.unref?.();
    } else {
      clearTimeout(endTimer);
      // An attempt opens the room before it succeeds; every other state has no business with a token.
      if (state.kind !== 'signing-in' && state.kind !== 'unlocking' && state.kind !== 'choosing-role') {
        room.close();
        abort.abort();
      }
    }
    const shownBefore = viewOf(before);
    const shown = viewOf(state);
    for (const listener of listeners) listener(shown, shownBefore);
  }

  function endOfSession(): void {
    apply({ kind: 'sign-out', fault: makeFault('signed-out', newReference()) });
  }

  function begin(kind: 'start' | 'change-role'): number | undefined {
    const before = state;
    attempts += 1;
    const attempt = attempts;
    apply({ kind, attempt });
    if (state === before) return undefined;
    room.close();
    abort = new AbortController();
    return attempt;
  }

  async function run(attempt: number, purpose: 'sign-in' | 'change-role'): Promise<SessionView> {
    try {
      const identified = await cis2.signIn({ purpose, signal: abort.signal });
      if (!isCurrent(attempt)) return viewOf(state);
      if (identified.role.kind === 'choose') {
        apply({ kind: 'role-needed', attempt, roles: identified.role.roles });
        waiting = identified;
        return viewOf(state);
      }
      return await enter(attempt, identified, identified.role.role, false);
    } catch (error) {
      apply({ kind: 'failed', attempt, fault: describeIdentityError(error, clockSkew.seconds()) });
      return viewOf(state);
    }
  }

  async function enter(
    attempt: number,
    identified: Identified,
    role: HeldRole,
    rolePickedHere: boolean,
  ): Promise<SessionView> {
    const fault = await room.open(identified.idToken);
    if (!isCurrent(attempt)) return viewOf(state);
    if (fault !== undefined) apply({ kind: 'failed', attempt, fault });
    else {
      const person: Person = {
        userId: identified.userId,
        user: { name: identified.name, role: role.name, organisation: role.organisation },
        roleId: role.id,
        rolePickedHere,
        permissions: readPermissions(role.activityCodes),
        endsAt: now() + absoluteLimit,
      };
      apply({ kind: 'succeeded', attempt, person });
    }
    return viewOf(state);
  }

  function isCurrent(attempt: number): boolean {
    return 'attempt' in state && state.attempt === attempt;
  }

  const signedIn = () => (state.kind === 'signed-in' ? state.person : undefined);

  return {
    view: () => viewOf(state),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async signIn() {
      const attempt = begin('start');
      return attempt === undefined ? viewOf(state) : run(attempt, 'sign-in');
    },
    async changeRole() {
      const attempt = begin('change-role');
      return attempt === undefined ? viewOf(state) : run(attempt, 'change-role');
    },
    async chooseRole(roleId) {
      const identified = waiting;
      const role = state.kind === 'choosing-role' ? state.roles.find(({ id }) => id === roleId) : undefined;
      if (identified === undefined || role === undefined || state.kind !== 'choosing-role')
        return viewOf(state);
      waiting = undefined;
      return enter(state.attempt, identified, role, true);
    },
    lock() {
      apply({ kind: 'lock' });
      return viewOf(state);
    },
    signOut(fault) {
      apply({ kind: 'sign-out', fault });
      return viewOf(state);
    },
    authorisedFetch: room.authorisedFetch,
    permissions: () => signedIn()?.permissions,
    roleId: () => signedIn()?.roleId,
    actor() {
      const person = signedIn();
      return person && { userId: person.userId, ...person.user };
    },
  };
}

function viewOf(state: SessionState): SessionView {
  switch (state.kind) {
    case 'signed-out':
      return { state: 'signed-out', lastFault: state.lastFault };
    case 'signing-in':
      return { state: 'signing-in' };
    case 'choosing-role':
      return {
        state: 'choosing-role',
        roles: state.roles.map(({ id, name, organisation }) => ({ id, role: name, organisation })),
      };
    case 'signed-in': {
      const { user, permissions, endsAt } = state.person;
      return { state: 'signed-in', user, permissions, endsAt: new Date(endsAt).toISOString() };
    }
    case 'locked':
      return { state: 'locked', user: state.user, lastFault: state.lastFault };
    case 'unlocking':
      return { state: 'unlocking', user: state.user };
  }
}
