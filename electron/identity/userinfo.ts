/**
 * Reads Care Identity's userinfo: the user's name and roles. The schema lists only the members that are used; the
 * optional arrays may be missing.
 * Source: NHS CIS2 guidance, "userinfo".
 */
import * as v from 'valibot';
import type { HeldRole } from './role.ts';

const optionalText = v.optional(v.nullable(v.string()));

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

/** Any other text would be no header, or another organisation's. Source: NHS Data Dictionary, "ODS code". */
const odsCode = /^[A-Za-z0-9]{3,12}$/;

/** In the order of Care Identity; none where the array is missing. */
export function readRoles(userInfo: UserInfo): readonly HeldRole[] {
  const organisations = new Map(
    (userInfo.nhsid_user_orgs ?? []).map(({ org_code, org_name }) => [org_code ?? '', org_name ?? '']),
  );
  return (userInfo.nhsid_nrbac_roles ?? []).map((role) => {
    const code = role.org_code?.trim() ?? '';
    return {
      id: role.person_roleid,
      name: shortRoleName(role.role_name ?? '') || role.role_code || 'Role without a name',
      organisation: organisations.get(code) || code || 'Organisation not known',
      organisationCode: odsCode.test(code) ? code : undefined,
      activityCodes: role.activity_codes ?? [],
    };
  });
}

/** "Name not known" where Care Identity gives none. */
export function readDisplayName(userInfo: UserInfo): string {
  const parts = [userInfo.given_name, userInfo.family_name].filter((part) => part?.trim());
  return userInfo.display_name?.trim() || parts.join(' ') || userInfo.name?.trim() || 'Name not known';
}

/** The last part of `"Clinical":"Clinical Provision":"Nurse Access Role"`, in which the quotes belong to the text. */
function shortRoleName(roleName: string): string {
  const quoted = [...roleName.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part.trim());
  return quoted.findLast((part) => part !== '') ?? roleName.replaceAll('"', '').trim();
}
