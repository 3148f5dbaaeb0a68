/**
 * Whether an answer that cannot be read safely mentions a CP-IS record all the same. The content of
 * the record is then unknown, but the clinician must not conclude that there is no record (H2).
 * Source: CP-IS API consumer guide, SNOMED CT UK codes; Patient Flag guide, England-FlagCategoryPatient.
 */

/** `json`: the text of an answer, whole or not. */
export function mentionsRecord(json: string): boolean {
  return planCode.test(json) || flagCategory.test(json) || planResource.test(json);
}

const planCode = /(?<!\d)(?:342191000000101|764841000000100|818901000000100)(?!\d)/;
/** Matches the code as a value only, since the URL of the search contains the code too. */
const flagCategory = /"child-protection-information-system-flag"/;
/** In the text of a link the slash may be percent-encoded, also twice. */
const planResource =
  /"resourceType"\s*:\s*"(?:CareTeam|CarePlan)"|\b(?:CareTeam|CarePlan)(?:\\?\/|%(?:25)*2F)[A-Za-z0-9]/i;
