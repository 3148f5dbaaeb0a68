/** What the renderer learns of the session: who, which role, what it allows, when it ends. Never a token. */
import type { Fault } from './fault.ts';

export interface UserView {
  readonly name: string;
  readonly role: string;
  readonly organisation: string;
}

/** What the role allows, decided in the main process: the renderer never interprets activity codes. */
export type Permission =
  | { readonly kind: 'allowed' }
  /** The role does not list the activity, but may include it: the service has the last word. */
  | { readonly kind: 'uncertain'; readonly warning: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Permissions {
  readonly unscheduled: Permission;
  readonly scheduled: Permission;
}

/** All that a role is asked about: CP-IS, and PDS before it. */
export interface RolePermissions extends Permissions {
  readonly findPatient: Permission;
}

export interface RoleChoice {
  readonly id: string;
  readonly role: string;
  readonly organisation: string;
}

export type SessionView =
  | { readonly state: 'signed-out'; readonly lastFault: Fault | undefined }
  | { readonly state: 'signing-in' }
  | { readonly state: 'choosing-role'; readonly roles: readonly RoleChoice[] }
  | {
      readonly state: 'signed-in';
      readonly user: UserView;
      readonly permissions: RolePermissions;
      /** Milliseconds until the session ends whatever the user does, when this view was made; by no clock that can be set. */
      readonly timeLeftMs: number;
    }
  | { readonly state: 'locked'; readonly user: UserView; readonly lastFault: Fault | undefined }
  /** The sign-in window is open over a locked session. */
  | { readonly state: 'unlocking'; readonly user: UserView };
