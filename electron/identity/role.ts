/**
 * Which role the user acts in. The standards-compliant approach of NHS England's API platform, step 9: the role that
 * Care Identity selected, which the user must really hold; the application never falls back to another by itself.
 */
import * as v from 'valibot';

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

const optionalText = v.optional(v.nullable(v.string()));

/** The members of CIS2's userinfo that are read here; everything else is left alone. Optional arrays can be absent. */
export const userInfoSchema = v.object({
  sub: v.pipe(v.string(), v.minLength(1)),
  name: optionalText,
  display_name: optionalText,
  given_name: optionalText,
  family_name: optionalText,
  nhsid_nrbac_roles: v.optional(
    v.nullable(
      v.array(
        v.object({
          person_roleid: v.pipe(v.string(), v.minLength(1)),
          org_code: optionalText,
          role_name: optionalText,
          role_code: optionalText,
          activity_codes: v.optional(v.nullable(v.array(v.string()))),
        }),
      ),
    ),
  ),
  nhsid_user_orgs: v.optional(
    v.nullable(v.array(v.object({ org_code: optionalText, org_name: optionalText }))),
  ),
});

export type UserInfo = v.InferOutput<typeof userInfoSchema>;

export function readRoles(userInfo: UserInfo): readonly HeldRole[] {
  const organisations = new Map(
    (userInfo.nhsid_user_orgs ?? []).map(({ org_code, org_name }) => [org_code ?? '', org_name ?? '']),
  );
  return (userInfo.nhsid_nrbac_roles ?? []).map((role) => {
    const code = role.org_code ?? '';
    return {
      id: role.person_roleid,
      name: shortRoleName(role.role_name ?? '') || role.role_code || 'Role without a name',
      organisation: organisations.get(code) || code || 'Organisation not known',
      activityCodes: role.activity_codes ?? [],
    };
  });
}

export function readDisplayName(userInfo: UserInfo): string {
  const parts = [userInfo.given_name, userInfo.family_name].filter((part) => part?.trim());
  return userInfo.display_name?.trim() || parts.join(' ') || userInfo.name?.trim() || 'Name not known';
}

/** `"Clinical":"Clinical Provision":"Nurse Access Role"` (quotes inside) is shown by its last part. */
function shortRoleName(roleName: string): string {
  const parts = roleName.split(':').map((part) => part.replace(/^\s*"|"\s*$/g, '').trim());
  return parts.filter((part) => part !== '').at(-1) ?? '';
}
