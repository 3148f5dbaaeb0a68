/**
 * The session as a state machine: a pure function from state and event to state. Every asynchronous result carries the
 * number of its sign-in attempt, so that the result of an earlier attempt changes nothing.
 */
import type { Fault } from '../../shared/fault.ts';
import type { RolePermissions, UserView } from '../../shared/session.ts';
import type { AcrRequest } from './acr-values.ts';
import type { HeldRole } from './role.ts';

/** The signed-in user and their role. Holds no token; `token-store.ts` holds the tokens. */
export interface Person {
  /** The CIS2 user id, twelve digits. */
  readonly userId: string;
  readonly user: UserView;
  readonly roleId: string;
  /** What the sign-in asked for; the level that was reached may be higher. */
  readonly acr: AcrRequest;
  /** ODS code; `undefined` where Care Identity gave none. */
  readonly organisationCode: string | undefined;
  readonly permissions: RolePermissions;
  readonly hasOtherRoles: boolean;
  /** The end of the session, whatever the user does, in milliseconds of `SessionDependencies.uptimeMs`. */
  readonly endsAtUptimeMs: number;
}

/**
 * The user who locked the viewer, is changing role, or whose session ended. The screen names this user, and a sign-in by
 * another user is recognised.
 */
export type PreviousUser = Pick<Person, 'userId' | 'user'>;

export type SessionState =
  | { readonly kind: 'signed-out'; readonly lastFault: Fault | undefined }
  | {
      readonly kind: 'signing-in';
      readonly attempt: number;
      /** The user who is changing role; another user may sign in instead. */
      readonly previousUser: PreviousUser | undefined;
    }
  | {
      readonly kind: 'choosing-role';
      readonly attempt: number;
      readonly userName: string;
      readonly roles: readonly HeldRole[];
      /** The user at whose lock or change of role this sign-in began; another user may have signed in. */
      readonly previousUser: PreviousUser | undefined;
    }
  | {
      readonly kind: 'signed-in';
      readonly person: Person;
      /** The attempt by which the user signs in again before the session ends. */
      readonly renewal: number | undefined;
      /** Why the last such attempt came to nothing. */
      readonly lastFault: Fault | undefined;
    }
  | { readonly kind: 'locked'; readonly previousUser: PreviousUser; readonly lastFault: Fault | undefined }
  | { readonly kind: 'unlocking'; readonly attempt: number; readonly previousUser: PreviousUser };

export type SessionEvent =
  | { readonly kind: 'start'; readonly attempt: number }
  | {
      readonly kind: 'role-needed';
      readonly attempt: number;
      readonly userName: string;
      readonly roles: readonly HeldRole[];
    }
  | { readonly kind: 'succeeded'; readonly attempt: number; readonly person: Person }
  | { readonly kind: 'failed'; readonly attempt: number; readonly fault: Fault }
  /** The user changes role: the patient's data are cleared, and Care Identity authenticates the user again. */
  | { readonly kind: 'change-role'; readonly attempt: number }
  /** The user signs in again before the session ends, and keeps the patient. */
  | { readonly kind: 'sign-in-again'; readonly attempt: number }
  | { readonly kind: 'renewed'; readonly attempt: number; readonly person: Person }
  | { readonly kind: 'not-renewed'; readonly attempt: number; readonly fault: Fault }
  | { readonly kind: 'lock' }
  /** The time limit was reached, or the tokens could not be renewed. The user did not choose this end. */
  | { readonly kind: 'ended'; readonly fault: Fault }
  | { readonly kind: 'sign-out' };

export const initialState: SessionState = { kind: 'signed-out', lastFault: undefined };

/** Returns the same object where the event changes nothing. */
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
            userName: event.userName,
            roles: event.roles,
            previousUser: previousUserOf(state),
          }
        : state;
    case 'succeeded':
      return isAttempt(state, event.attempt) ? signedIn(event.person) : state;
    case 'failed':
      return isAttempt(state, event.attempt) ? lockOrSignOut(state, event.fault) : state;
    case 'sign-in-again':
      return state.kind === 'signed-in' && state.renewal === undefined
        ? { ...signedIn(state.person), renewal: event.attempt }
        : state;
    case 'renewed':
      return isRenewal(state, event.attempt) ? signedIn(event.person) : state;
    case 'not-renewed':
      return isRenewal(state, event.attempt)
        ? { ...state, renewal: undefined, lastFault: event.fault }
        : state;
    case 'lock':
      return lock(state);
    case 'ended':
      // The viewer locks, so that the same user's earlier notifications are still known when they sign in again (H4).
      return state.kind === 'signed-in' ? lockOrSignOut(state, event.fault) : state;
    case 'sign-out':
      return initialState;
  }
}

/** Locked where a previous user is known, otherwise signed out. */
function lockOrSignOut(state: SessionState, lastFault: Fault | undefined): SessionState {
  const previousUser = previousUserOf(state);
  return previousUser === undefined
    ? { kind: 'signed-out', lastFault }
    : { kind: 'locked', previousUser, lastFault };
}

/** The user who becomes `previousUser` if the viewer locks now. */
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

/** A lock during a sign-in ends that sign-in, so that another person cannot finish it on an unattended screen (H14). */
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

function signedIn(person: Person): Extract<SessionState, { kind: 'signed-in' }> {
  return { kind: 'signed-in', person, renewal: undefined, lastFault: undefined };
}

/** Whether the signed-in user is signing in again by this attempt. */
export function isRenewal(
  state: SessionState,
  attempt: number,
): state is Extract<SessionState, { kind: 'signed-in' }> {
  return state.kind === 'signed-in' && state.renewal === attempt;
}

/** Whether the state waits for the result of this attempt to become signed in. */
export function isAttempt(state: SessionState, attempt: number): boolean {
  return 'attempt' in state && state.attempt === attempt;
}

/**
 * How a change of state affects the user. `none`: the user stays. `locked`: the viewer is locked, the session has ended,
 * or the role is being changed; the same user may sign in again, and their earlier notifications are still known (H4).
 * `left`: the user signed out, or another user signed in (H14).
 */
export type UserChange = 'none' | 'locked' | 'left';

/** Of two states that follow each other. */
export function userChangeBetween(before: SessionState, after: SessionState): UserChange {
  const previousUserId = previousUserOf(before)?.userId;
  if (previousUserId === undefined) return 'none';
  if (previousUserId !== previousUserOf(after)?.userId) return 'left';
  return before.kind === 'signed-in' && after.kind !== 'signed-in' ? 'locked' : 'none';
}
