export interface UserRole {
  /** The user role profile id (URPID) that Care Identity selected or the user chose. */
  readonly id: string;
  /** ODS code; `undefined` where Care Identity gave none. */
  readonly organisationCode: string | undefined;
}

export interface UserHeaderSettings {
  readonly sendRole: boolean;
  readonly sendOrganisation: boolean;
}

/**
 * The headers that tell a service of the API platform in which role and for which organisation its user works. Which of them
 * a service wants is a setting for each.
 * Source: PDS FHIR API specification (`NHSD-Session-URID`, `NHSD-End-User-Organisation-ODS`).
 */
export function userHeaders(
  role: UserRole | undefined,
  { sendRole, sendOrganisation }: UserHeaderSettings,
): Readonly<Record<string, string>> {
  const organisationCode = role?.organisationCode;
  return {
    ...(sendRole && role !== undefined ? { 'NHSD-Session-URID': role.id } : {}),
    ...(sendOrganisation && organisationCode !== undefined
      ? { 'NHSD-End-User-Organisation-ODS': organisationCode }
      : {}),
  };
}
