/** The view of the session: the user, the role, its permissions and its end. Never a token. */
import type { Fault } from './fault.ts';

export interface UserView {
  readonly name: string;
  readonly role: string;
  readonly organisation: string;
}

/** A permission of the role, decided in the main process: the renderer never interprets activity codes. */
export type Permission =
  | { readonly kind: 'allowed' }
  /** The role does not list the activity but may include it; the service decides. */
  | { readonly kind: 'uncertain'; readonly warning: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Permissions {
  readonly unscheduled: Permission;
  readonly scheduled: Permission;
}

/** The permissions of a role for CP-IS and for PDS. */
export interface RolePermissions extends Permissions {
  readonly findPatient: Permission;
}

/** The viewer locks soon, because its window has not been used. */
export interface LockNotice {
  readonly leftMs: number;
}

export interface RoleChoice {
  readonly id: string;
  readonly role: string;
  readonly organisation: string;
}

export type SessionView =
  | { readonly state: 'signed-out'; readonly lastFault: Fault | undefined }
  | { readonly state: 'signing-in' }
  | { readonly state: 'choosing-role'; readonly userName: string; readonly roles: readonly RoleChoice[] }
  | {
      readonly state: 'signed-in';
      readonly user: UserView;
      readonly permissions: RolePermissions;
      /** The time until the session must end, when this view was made; measured by a monotonic clock. */
      readonly timeLeftMs: number;
      /** Whether Care Identity knows another role of the user, to change to. */
      readonly hasOtherRoles: boolean;
      /** The sign-in window is open, for a sign-in that the user makes before the session ends. */
      readonly signingInAgain: boolean;
      /** Why the last such sign-in came to nothing: the session goes on as before. */
      readonly lastFault: Fault | undefined;
    }
  | { readonly state: 'locked'; readonly user: UserView; readonly lastFault: Fault | undefined }
  /** The sign-in window is open over a locked session. */
  | { readonly state: 'unlocking'; readonly user: UserView };
