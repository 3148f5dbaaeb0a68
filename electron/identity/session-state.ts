/**
 * The session as a state machine: a pure function from state and event to state. Every result of something slow
 * carries the number of the attempt that it belongs to, so that a late one changes nothing.
 */
import type { Fault } from '../../shared/fault.ts';
import type { RolePermissions, UserView } from '../../shared/session.ts';
import type { HeldRole } from './role.ts';

/** Who is signed in and as what. No token: those are in `token-store.ts`. */
export interface Person {
  /** The CIS2 user id, twelve digits. */
  readonly userId: string;
  readonly user: UserView;
  readonly roleId: string;
  readonly permissions: RolePermissions;
  /** Milliseconds since the epoch: the absolute end. */
  readonly endsAt: number;
  /** The same end on the clock of `performance.now()`, which a change of the computer's clock does not move. */
  readonly endsAtMonotonic: number;
}

/** Who locked, changes role, or whose session ended, so that the screen can say so and another person is told from them. */
export type PreviousUser = Pick<Person, 'userId' | 'user'>;

export type SessionState =
  | { readonly kind: 'signed-out'; readonly lastFault: Fault | undefined }
  | {
      readonly kind: 'signing-in';
      readonly attempt: number;
      /** Who is changing role; it may be another who signs in. */
      readonly previousUser: PreviousUser | undefined;
    }
  | {
      readonly kind: 'choosing-role';
      readonly attempt: number;
      readonly roles: readonly HeldRole[];
      /** Whose lock or change of role this sign-in began at; it may be another who chooses. */
      readonly previousUser: PreviousUser | undefined;
    }
  | { readonly kind: 'signed-in'; readonly person: Person }
  | { readonly kind: 'locked'; readonly previousUser: PreviousUser; readonly lastFault: Fault | undefined }
  | { readonly kind: 'unlocking'; readonly attempt: number; readonly previousUser: PreviousUser };

export type SessionEvent =
  | { readonly kind: 'start'; readonly attempt: number }
  | { readonly kind: 'role-needed'; readonly attempt: number; readonly roles: readonly HeldRole[] }
  | { readonly kind: 'succeeded'; readonly attempt: number; readonly person: Person }
  | { readonly kind: 'failed'; readonly attempt: number; readonly fault: Fault }
  /** The user changes role: what was shown goes, and Care Identity asks again. */
  | { readonly kind: 'change-role'; readonly attempt: number }
  | { readonly kind: 'lock' }
  /** By the clock, or because the sign-in could not be renewed: not what the user chose. */
  | { readonly kind: 'ended'; readonly fault: Fault }
  /** By the user. */
  | { readonly kind: 'sign-out' };

export const initialState: SessionState = { kind: 'signed-out', lastFault: undefined };

export function nextState(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case 'start':
      if (state.kind === 'signed-out')
        return { kind: 'signing-in', attempt: event.attempt, previousUser: undefined };
      if (state.kind === 'locked')
        return { kind: 'unlocking', attempt: event.attempt, previousUser: state.previousUser };
      return state;
    case 'change-role':
      return state.kind === 'signed-in'
        ? { kind: 'signing-in', attempt: event.attempt, previousUser: previousUserOf(state) }
        : state;
    case 'role-needed':
      return isAttempt(state, event.attempt)
        ? {
            kind: 'choosing-role',
            attempt: event.attempt,
            roles: event.roles,
            previousUser: previousUserOf(state),
          }
        : state;
    case 'succeeded':
      return isAttempt(state, event.attempt) ? { kind: 'signed-in', person: event.person } : state;
    case 'failed':
      return isAttempt(state, event.attempt) ? lockOrSignOut(state, event.fault) : state;
    case 'lock':
      return lock(state);
    case 'ended':
      // The user comes back to a locked viewer, so that whom they asked about is still known to have been asked (H4).
      return state.kind === 'signed-in' ? lockOrSignOut(state, event.fault) : state;
    case 'sign-out':
      return initialState;
  }
}

/** Nobody is at work any more, for whatever reason; whose the workplace is stays known. */
function lockOrSignOut(state: SessionState, lastFault: Fault | undefined): SessionState {
  const previousUser = previousUserOf(state);
  return previousUser === undefined
    ? { kind: 'signed-out', lastFault }
    : { kind: 'locked', previousUser, lastFault };
}

/** Who would be previousUser if nobody were at work now. */
export function previousUserOf(state: SessionState): PreviousUser | undefined {
  switch (state.kind) {
    case 'signed-in': {
      const { userId, user } = state.person;
      return { userId, user };
    }
    case 'locked':
    case 'unlocking':
    case 'choosing-role':
    case 'signing-in':
      return state.previousUser;
    case 'signed-out':
      return undefined;
  }
}

/** A lock in the middle of a sign-in ends that sign-in: nobody may finish it on an unattended screen (H14). */
function lock(state: SessionState): SessionState {
  switch (state.kind) {
    case 'signed-in':
    case 'unlocking':
    case 'signing-in':
    case 'choosing-role':
      return lockOrSignOut(state, undefined);
    case 'signed-out':
    case 'locked':
      return state;
  }
}

/** Whether the state waits for this attempt's result. */
export function isAttempt(state: SessionState, attempt: number): boolean {
  return 'attempt' in state && state.attempt === attempt;
}

/**
 * Who has gone with this change. `nobody`; `for-now`: the viewer is locked, the session has ended, or the role is being
 * changed, and the same person may come back, who is then still known to have asked (H4); `for-good`: signed out, or
 * somebody else has come (H14).
 */
export type UserChange = 'none' | 'locked' | 'left';

export function userChangeBetween(before: SessionState, after: SessionState): UserChange {
  // Whose the workplace is: the person signed in, or the one who is to come back to it.
  const left = previousUserOf(before)?.userId;
  if (left === undefined) return 'none';
  if (left !== previousUserOf(after)?.userId) return 'left';
  return before.kind === 'signed-in' && after.kind !== 'signed-in' ? 'locked' : 'none';
}
