import { silentRoleOnly } from '../../shared/fault.ts';
import type { Permission, RolePermissions } from '../../shared/session.ts';

/** View CP-IS; an unscheduled view notifies the local authority. */
const viewCpis = 'B0107';
/** View CP-IS without a notification. */
const viewCpisSilently = 'B0170';
/** View, and amend, patient demographics. */
const demographics = ['B0820', 'B0825'];

/**
 * Reads the permissions of a role from the RBAC activities that Care Identity lists. Care Identity lists only codes that
 * are granted explicitly, and one code can include another: a missing code is therefore a warning, and the service
 * decides. One exception: a role that may only view without notifying is not offered the view that notifies (H4).
 * Source: NHS England's guidance for Registration Authority managers on CP-IS codes; PDS FHIR API specification.
 */
export function readPermissions(activityCodes: readonly string[]): RolePermissions {
  const mayView = activityCodes.includes(viewCpis);
  const mayViewSilently = activityCodes.includes(viewCpisSilently);
  const findPatient = demographics.some((code) => activityCodes.includes(code)) ? allowed : noDemographics;
  if (!mayView && !mayViewSilently) return { findPatient, unscheduled: noCode, scheduled: noCode };
  return {
    findPatient,
    unscheduled: mayView ? allowed : silentOnly,
    scheduled: mayViewSilently ? allowed : noSilentCode,
  };
}

const allowed: Permission = { kind: 'allowed' };

const silentOnly: Permission = {
  kind: 'refused',
  reason: silentRoleOnly,
};

const noSilentCode: Permission = {
  kind: 'uncertain',
  warning:
    'Your role may not let you check in scheduled care: activity B0170 is not listed. CP-IS may refuse.',
};

const noCode: Permission = {
  kind: 'uncertain',
  warning:
    'Your role may not let you check CP-IS: neither activity B0107 nor B0170 is listed. CP-IS may refuse.',
};

const noDemographics: Permission = {
  kind: 'uncertain',
  warning:
    'Your role may not let you find patients: neither activity B0820 nor B0825 is listed. PDS may refuse.',
};
