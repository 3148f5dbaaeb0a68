/**
 * The synthetic Care Identities. Every name is invented and says so; user and role ids lie in ranges that are not
 * issued. Activity codes: B0107 unscheduled CP-IS, B0170 CP-IS without a notification, B0820 PDS.
 */

export interface SimulatedRole {
  readonly personRoleId: string;
  readonly personOrgId: string;
  readonly organisation: Organisation;
  readonly roleCode: string;
  /** The last part of `role_name`: "Nurse Access Role". */
  readonly name: string;
  readonly activityCodes: readonly string[];
  /**
   * Codes that one of the listed codes includes. Care Identity does not list them but the service accepts them, so a missing
   * code is only a warning in the viewer.
   */
  readonly includedActivityCodes: readonly string[];
}

interface Organisation {
  readonly code: string;
  readonly name: string;
}

export interface SimulatedUser {
  readonly key: string;
  /** The text of the button on the log-in page, and the `display_name`. */
  readonly name: string;
  readonly description: string;
  /** `sub` and `nhsid_useruid`: 12 digits. */
  readonly userId: string;
  readonly title: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly roles: readonly SimulatedRole[];
  /**
   * The value of `selected_roleid`: the chosen role, none, the empty text, or the id of a role that the user does not
   * hold. Only with `chosen` do the log-in pages ask for a role.
   */
  readonly selectedRole: 'chosen' | 'missing' | 'empty' | 'foreign';
  readonly authenticationAssurance: 1 | 2 | 3;
  /** The level of a sign-in that asks for `AAL3_ANY`; by default the same. */
  readonly strongestAssurance?: 3;
  readonly identityAssurance: 1 | 2 | 3;
  readonly amr: string;
  /** Leaves the optional arrays out of userinfo. */
  readonly sparse: boolean;
}

const hospital = { code: 'Z9A01', name: 'SYNTHETIC GENERAL HOSPITAL' };
const walkIn = { code: 'Z9A02', name: 'SYNTHETIC WALK-IN CENTRE' };
const clinic = { code: 'Z9A03', name: 'SYNTHETIC CHILD CLINIC' };
const outOfHours = { code: 'Z9A04', name: 'SYNTHETIC OUT OF HOURS SERVICE' };

const nurse = { roleCode: 'S8000:G8000:R8001', name: 'Nurse Access Role' };
const practitioner = { roleCode: 'S8000:G8000:R8000', name: 'Clinical Practitioner Access Role' };
const midwife = { roleCode: 'S8000:G8000:R8016', name: 'Midwife Access Role' };
const student = { roleCode: 'S8000:G8000:R8004', name: 'Healthcare Student Access Role' };
const clerk = { roleCode: 'S8001:G8002:R8008', name: 'Admin/Clinical Support Access Role' };

const both = ['B0107', 'B0170', 'B0820'];
const unscheduledOnly = ['B0107', 'B0820'];
const scheduledOnly = ['B0170', 'B0820'];
const neither = ['B0820'];

type RoleOutline = readonly [
  kind: { readonly roleCode: string; readonly name: string },
  organisation: Organisation,
  activityCodes: readonly string[],
  includedActivityCodes?: readonly string[],
];

type UserSpec = Pick<SimulatedUser, 'key' | 'name' | 'description'> &
  Partial<Omit<SimulatedUser, 'userId' | 'givenName' | 'familyName' | 'roles'>> & {
    readonly roles: readonly RoleOutline[];
  };

const specs: readonly UserSpec[] = [
  {
    key: 'nurse',
    name: 'Nora Synthetic',
    description: 'One role, may ask in unscheduled and scheduled care',
    roles: [[nurse, hospital, both]],
  },
  {
    key: 'unscheduled-only',
    name: 'Una Synthetic',
    description: 'One role, B0107 only',
    roles: [[practitioner, walkIn, unscheduledOnly]],
    title: 'Dr',
  },
  {
    key: 'scheduled-only',
    name: 'Sia Synthetic',
    description: 'One role, B0170 only: unscheduled access is refused',
    roles: [[nurse, clinic, scheduledOnly]],
  },
  {
    key: 'several-roles',
    name: 'Mira Synthetic',
    description: 'Three roles in three places: CIS2 asks which',
    roles: [
      [nurse, hospital, both],
      [midwife, clinic, scheduledOnly],
      [clerk, outOfHours, neither],
    ],
  },
  {
    key: 'many-roles',
    name: 'Max Synthetic',
    description: 'Seven roles: CIS2 offers a search',
    roles: [
      [nurse, hospital, both],
      [practitioner, hospital, both],
      [midwife, hospital, scheduledOnly],
      [nurse, walkIn, unscheduledOnly],
      [nurse, clinic, scheduledOnly],
      [student, outOfHours, neither],
      [clerk, clinic, neither],
    ],
  },
  {
    key: 'uncertain-allowed',
    name: 'Ivy Synthetic',
    description: 'No CP-IS code listed, but included by another: the service allows',
    roles: [[practitioner, hospital, ['B0820', 'B0016'], ['B0107', 'B0170']]],
  },
  {
    key: 'uncertain-denied',
    name: 'Noel Synthetic',
    description: 'No CP-IS code at all: the service denies',
    roles: [[clerk, hospital, neither]],
  },
  {
    key: 'second-nurse',
    name: 'Otto Synthetic',
    description: 'Another user for the same workstation, both codes',
    roles: [[nurse, hospital, both]],
  },
  {
    key: 'no-role',
    name: 'Zoe Synthetic',
    description: 'No role at all',
    roles: [],
    selectedRole: 'missing',
  },
  {
    key: 'empty-role',
    name: 'Emil Synthetic',
    description: 'One role, selected_roleid is the empty text',
    roles: [[nurse, hospital, both]],
    selectedRole: 'empty',
  },
  {
    key: 'foreign-role',
    name: 'Fay Synthetic',
    description: 'One role, selected_roleid is not one of hers',
    roles: [[nurse, hospital, both]],
    selectedRole: 'foreign',
  },
  {
    key: 'absent-role',
    name: 'Abel Synthetic',
    description: 'One role, selected_roleid absent',
    roles: [[nurse, hospital, both]],
    selectedRole: 'missing',
  },
  {
    key: 'absent-role-several',
    name: 'Sena Synthetic',
    description: 'Two roles, selected_roleid absent: the viewer’s own picker',
    roles: [
      [nurse, hospital, both],
      [midwife, clinic, scheduledOnly],
    ],
    selectedRole: 'missing',
  },
  {
    key: 'low-assurance',
    name: 'Lou Synthetic',
    description: 'Authentication assurance level 2',
    roles: [[nurse, hospital, both]],
    authenticationAssurance: 2,
    amr: 'AUTHENTICATOR_APP',
  },
  {
    key: 'either-assurance',
    name: 'Abe Synthetic',
    description: 'Assurance level 2, and 3 where a sign-in asks for AAL3',
    roles: [[nurse, hospital, both]],
    authenticationAssurance: 2,
    strongestAssurance: 3,
    amr: 'AUTHENTICATOR_APP',
  },
  {
    key: 'low-identity',
    name: 'Ida Synthetic',
    description: 'Identity assurance level 2',
    roles: [[nurse, hospital, both]],
    identityAssurance: 2,
  },
  {
    key: 'sparse',
    name: 'Pia Synthetic',
    description: 'Optional arrays absent from userinfo; the service allows',
    roles: [[nurse, hospital, [], ['B0107', 'B0170', 'B0820']]],
    sparse: true,
  },
];

export const users: readonly SimulatedUser[] = specs.map((spec, index) => {
  const userId = `9999999${String(10_000 + index)}`;
  return {
    title: '',
    selectedRole: 'chosen',
    authenticationAssurance: 3,
    identityAssurance: 3,
    amr: 'N3_SMARTCARD',
    sparse: false,
    ...spec,
    userId,
    givenName: spec.name.split(' ')[0] ?? spec.name,
    familyName: 'SYNTHETIC',
    roles: spec.roles.map(([kind, organisation, activityCodes, includedActivityCodes], roleIndex) => ({
      personRoleId: `55599${String(1_000 + index)}0${String(10 + roleIndex)}`,
      personOrgId: `55598${String(1_000 + index)}0${String(10 + roleIndex)}`,
      organisation,
      ...kind,
      activityCodes,
      includedActivityCodes: includedActivityCodes ?? [],
    })),
  };
});

/** By the role's own activity codes or those that come with them. */
export function mayUse(role: SimulatedRole, activityCode: string): boolean {
  return role.activityCodes.includes(activityCode) || role.includedActivityCodes.includes(activityCode);
}

/** The text of a role's button on the role page. */
export function roleLabel(role: SimulatedRole): string {
  return `${role.name}, ${role.organisation.name} (${role.organisation.code})`;
}
