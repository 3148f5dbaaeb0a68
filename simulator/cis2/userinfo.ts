import type { Claims } from '../jwt.ts';
import type { SimulatedRole, SimulatedUser } from '../users.ts';
import type { Cis2Options } from './options.ts';

/** The claims that each scope adds. */
export const scopeClaims: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub', 'uid', 'nhsid_useruid', 'idassurancelevel'],
  profile: ['name', 'given_name', 'family_name', 'title', 'display_name'],
  nhsperson: ['nhsid_useruid', 'idassurancelevel', 'display_name', 'title'],
  nationalrbacaccess: ['nhsid_nrbac_roles'],
  associatedorgs: ['nhsid_user_orgs'],
  selectedrole: ['selected_roleid'],
  changedrole: ['selected_roleid'],
};

/** What CIS2's userinfo says of a user. Source: NHS England, "NHS CIS2 Authentication - userinfo". */
export function userinfoClaims(
  user: SimulatedUser,
  selectedRoleId: string | undefined,
  options: Cis2Options,
): Claims & { readonly sub: string } {
  const sparse = user.sparse || options.optionalArrays === 'missing';
  return {
    sub: user.userId,
    uid: user.userId,
    name: `${user.familyName} ${user.givenName}${user.title === '' ? '' : ` (${user.title})`}`,
    given_name: user.givenName,
    family_name: user.familyName,
    nhsid_useruid: user.userId,
    idassurancelevel: String(user.identityAssurance),
    ...(user.title === '' ? {} : { title: user.title }),
    display_name: user.name,
    ...(user.roles.length === 0
      ? {}
      : { nhsid_nrbac_roles: user.roles.map((role) => roleClaims(role, sparse)) }),
    ...(sparse ? {} : { nhsid_user_orgs: organisationsOf(user) }),
    ...(selectedRoleId === undefined ? {} : { selected_roleid: selectedRoleId }),
  };
}

function roleClaims(role: SimulatedRole, sparse: boolean): Claims {
  return {
    person_orgid: role.personOrgId,
    person_roleid: role.personRoleId,
    org_code: role.organisation.code,
    role_code: role.roleCode,
    // The quotes are part of the text.
    role_name: `"Clinical":"Clinical Provision":"${role.name}"`,
    // Without a code the array is left out rather than empty.
    ...(role.activityCodes.length === 0 ? {} : { activity_codes: role.activityCodes }),
    ...(sparse
      ? {}
      : {
          activities: role.activityCodes.map((code) => `Synthetic activity ${code}`),
          workgroups: [],
          workgroups_codes: [],
          aow: [],
          aow_codes: [],
        }),
  };
}

function organisationsOf(user: SimulatedUser): readonly Claims[] {
  const organisations = new Map(user.roles.map(({ organisation }) => [organisation.code, organisation.name]));
  return [...organisations].map(([code, name]) => ({ org_code: code, org_name: name }));
}
