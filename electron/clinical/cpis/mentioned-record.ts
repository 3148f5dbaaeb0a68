/**
 * Whether an answer that cannot be read safely mentions a CP-IS record all the same. Nobody can say then what the
 * record holds, but the clinician must not think that nothing is known (H2).
 * Source: CP-IS API consumer guide, SNOMED CT UK codes; Patient Flag guide, England-FlagCategoryPatient.
 */

/** `json`: the text of an answer, whole or not. */
export function mentionsRecord(json: string): boolean {
  return planCode.test(json) || flagCategory.test(json) || planResource.test(json);
}

const planCode = /(?<!\d)(?:342191000000101|764841000000100|818901000000100)(?!\d)/;
/** As a value: the address of the search names it as well. */
const flagCategory = /"child-protection-information-system-flag"/;
const planResource = /"resourceType"\s*:\s*"(?:CareTeam|CarePlan)"|\b(?:CareTeam|CarePlan)\\?\/[A-Za-z0-9]/;
