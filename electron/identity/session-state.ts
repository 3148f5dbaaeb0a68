/**
 * The session as a state machine: a pure function from state and event to state. Every result of something slow
 * carries the number of the attempt that it belongs to, so that a late one changes nothing.
 */
import type { Fault } from '../../shared/fault.ts';
import type { RolePermissions, UserView } from '../../shared/session.ts';
import type { HeldRole } from './role.ts';

/** Who is signed in and as what. No token: those are in `token-room.ts`. */
export interface Person {
  /** The CIS2 user id, twelve digits. */
  readonly userId: string;
  readonly user: UserView;
  readonly roleId: string;
  readonly permissions: RolePermissions;
  /** Milliseconds since the epoch: the absolute end. */
  readonly endsAt: number;
}

/** Who locked, so that the screen can say so and another person is told from them. */
export type Absent = Pick<Person, 'userId' | 'user'>;

export type SessionState =
  | { readonly kind: 'signed-out'; readonly lastFault: Fault | undefined }
  | { readonly kind: 'signing-in'; readonly attempt: number }
  | { readonly kind: 'choosing-role'; readonly attempt: number; readonly roles: readonly HeldRole[] }
  | { readonly kind: 'signed-in'; readonly person: Person }
  | { readonly kind: 'locked'; readonly absent: Absent; readonly lastFault: Fault | undefined }
  | { readonly kind: 'unlocking'; readonly attempt: number; readonly absent: Absent };

export type SessionEvent =
  | { readonly kind: 'start'; readonly attempt: number }
  | { readonly kind: 'role-needed'; readonly attempt: number; readonly roles: readonly HeldRole[] }
  | { readonly kind: 'succeeded'; readonly attempt: number; readonly person: Person }
  | { readonly kind: 'failed'; readonly attempt: number; readonly fault: Fault }
  /** The user changes role: what was shown goes, and Care Identity asks again. */
  | { readonly kind: 'change-role'; readonly attempt: number }
  | { readonly kind: 'lock' }
  /** By the user, by the clock, or because the sign-in could not be renewed (then with the fault that says so). */
  | { readonly kind: 'sign-out'; readonly fault: Fault | undefined };

export const initialState: SessionState = { kind: 'signed-out', lastFault: undefined };

export function nextState(state: SessionState, event: SessionEvent): SessionState {
  switch (event.kind) {
    case 'start':
      if (state.kind === 'signed-out') return { kind: 'signing-in', attempt: event.attempt };
      if (state.kind === 'locked') return { kind: 'unlocking', attempt: event.attempt, absent: state.absent };
      return state;
    case 'change-role':
      return state.kind === 'signed-in' ? { kind: 'signing-in', attempt: event.attempt } : state;
    case 'role-needed':
      return isAttempt(state, event.attempt)
        ? { kind: 'choosing-role', attempt: event.attempt, roles: event.roles }
        : state;
    case 'succeeded':
      return isAttempt(state, event.attempt) ? { kind: 'signed-in', person: event.person } : state;
    case 'failed':
      if (!isAttempt(state, event.attempt)) return state;
      return state.kind === 'unlocking'
        ? { kind: 'locked', absent: state.absent, lastFault: event.fault }
        : { kind: 'signed-out', lastFault: event.fault };
    case 'lock':
      return lock(state);
    case 'sign-out':
      return { kind: 'signed-out', lastFault: event.fault };
  }
}

/** A lock in the middle of a sign-in ends that sign-in: nobody may finish it on an unattended screen (H14). */
function lock(state: SessionState): SessionState {
  switch (state.kind) {
    case 'signed-in': {
      const { userId, user } = state.person;
      return { kind: 'locked', absent: { userId, user }, lastFault: undefined };
    }
    case 'unlocking':
      return { kind: 'locked', absent: state.absent, lastFault: undefined };
    case 'signing-in':
    case 'choosing-role':
      return initialState;
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
 * Who has gone with this change. `nobody`; `for-now`: the viewer is locked, and the same person may come back to what
 * they did; `for-good`: signed out, in another role, or somebody else has come (H14).
 */
export type Departure = 'nobody' | 'for-now' | 'for-good';

export function departureBetween(before: SessionState, after: SessionState): Departure {
  const left = occupant(before);
  if (left === undefined) return 'nobody';
  if (left !== occupant(after)) return 'for-good';
  return before.kind === 'signed-in' && after.kind === 'locked' ? 'for-now' : 'nobody';
}

/** Whose the workplace is: the person signed in, or the one who locked it. */
function occupant(state: SessionState): string | undefined {
  switch (state.kind) {
    case 'signed-in':
      return state.person.userId;
    case 'locked':
    case 'unlocking':
      return state.absent.userId;
    case 'signed-out':
    case 'signing-in':
    case 'choosing-role':
      return undefined;
  }
}
