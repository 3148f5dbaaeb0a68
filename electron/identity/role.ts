export interface HeldRole {
  /** `person_roleid`, also called the user role profile id. */
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  /** ODS code; `undefined` where Care Identity gave none. */
  readonly organisationCode: string | undefined;
  /** RBAC activities explicitly granted to the role, such as B0107. */
  readonly activityCodes: readonly string[];
}

export type RoleDecision =
  | { readonly kind: 'selected'; readonly role: HeldRole }
  /** Care Identity selected no role although the user has exactly one: a second sign-in usually selects it. */
  | { readonly kind: 'sign-in-again' }
  | { readonly kind: 'choose'; readonly roles: readonly HeldRole[] }
  | {
      readonly kind: 'refused';
      readonly reason: 'no-role' | 'none-selected' | 'empty-selection' | 'not-held';
    };

export interface RoleInputs {
  /** `selected_roleid` of the ID token; `undefined` where the token has none. */
  readonly selectedRoleId: string | undefined;
  readonly roles: readonly HeldRole[];
  /** The environment allows the role picker of this application where Care Identity selected no role. */
  readonly pickerAllowed: boolean;
  readonly signedInTwice: boolean;
}

/**
 * Decides the role that the user acts in. Step 9 of NHS England's standards-compliant approach: the application uses the
 * role that Care Identity selected, checks that the user holds it, and never chooses another role by itself.
 */
export function decideRole({
  selectedRoleId,
  roles,
  pickerAllowed,
  signedInTwice,
}: RoleInputs): RoleDecision {
  if (roles.length === 0) return { kind: 'refused', reason: 'no-role' };
  if (selectedRoleId === '') return { kind: 'refused', reason: 'empty-selection' };
  if (selectedRoleId !== undefined) {
    const role = roles.find(({ id }) => id === selectedRoleId);
    return role === undefined ? { kind: 'refused', reason: 'not-held' } : { kind: 'selected', role };
  }
  if (roles.length === 1 && !signedInTwice) return { kind: 'sign-in-again' };
  return pickerAllowed ? { kind: 'choose', roles } : { kind: 'refused', reason: 'none-selected' };
}
