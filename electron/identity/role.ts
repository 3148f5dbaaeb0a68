/**
 * Which role the user acts in. The standards-compliant approach of NHS England's API platform, step 9: the role that
 * Care Identity selected, which the user must really hold; the application never falls back to another by itself.
 */

export interface HeldRole {
  /** `person_roleid`, also called the user role profile id. */
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  /** RBAC activities explicitly granted to the role, such as B0107. */
  readonly activityCodes: readonly string[];
}

export type RoleDecision =
  | { readonly kind: 'selected'; readonly role: HeldRole }
  /** Care Identity chose none although there is just one: signing in once more usually mends it. */
  | { readonly kind: 'sign-in-again' }
  | { readonly kind: 'choose'; readonly roles: readonly HeldRole[] }
  | {
      readonly kind: 'refused';
      readonly reason: 'no-role' | 'none-selected' | 'empty-selection' | 'not-held';
    };

export interface RoleQuestion {
  /** `selected_roleid` of the ID token; absent is `undefined`. */
  readonly selectedRoleId: string | undefined;
  readonly roles: readonly HeldRole[];
  /** The environment lets the user pick here where Care Identity did not. */
  readonly pickerAllowed: boolean;
  readonly signedInTwice: boolean;
}

export function decideRole({
  selectedRoleId,
  roles,
  pickerAllowed,
  signedInTwice,
}: RoleQuestion): RoleDecision {
  if (roles.length === 0) return { kind: 'refused', reason: 'no-role' };
  if (selectedRoleId === '') return { kind: 'refused', reason: 'empty-selection' };
  if (selectedRoleId !== undefined) {
    const role = roles.find(({ id }) => id === selectedRoleId);
    return role === undefined ? { kind: 'refused', reason: 'not-held' } : { kind: 'selected', role };
  }
  if (roles.length === 1 && !signedInTwice) return { kind: 'sign-in-again' };
  return pickerAllowed ? { kind: 'choose', roles } : { kind: 'refused', reason: 'none-selected' };
}
