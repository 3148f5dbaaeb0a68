/**
 * Finds the patients that an answer names, in any place. A service that searched for another NHS number returns nothing
 * about the requested one, even as an empty, well-formed answer; the `self` link then shows the other number (H3).
 * Source: HL7 FHIR R4, "Search", section 3.1.1.5.2 (the self link names the parameters that were used).
 */
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { isNhsNumber, nhsNumberSystem } from './subject.ts';
import { visitJson } from './visit-json.ts';

/**
 * Whether the bodies name a patient by another NHS number than the requested one: in an identifier of the NHS number
 * system, a reference to a Patient, a Patient or a parameter of a link. The participants of a care team are left out: an
 * answer is not about a parent who takes part in the team.
 */
export function namesAnotherPatient(bodies: readonly unknown[], requested: NhsNumber): boolean {
  const named: string[] = [];
  visitJson(bodies, {
    leftOut: new Set(['participant']),
    object({ system, value, resourceType, id }) {
      if (system === nhsNumberSystem && (typeof value === 'string' || typeof value === 'number')) {
        named.push(String(value));
      }
      if (resourceType === 'Patient' && typeof id === 'string' && /^\d{10}$/.test(id)) named.push(id);
    },
    text(text) {
      const decoded = decode(text);
      // A long history has a hundred thousand texts, of which few name a patient.
      if (!/patient|subject|nhs-number/i.test(decoded)) return;
      for (const pattern of [token, reference, parameter]) {
        for (const [, numbers = ''] of decoded.matchAll(pattern)) named.push(...numbers.split(','));
      }
    },
  });
  return named.some((text) => !isNhsNumber(text, requested));
}

/** `https://fhir.nhs.uk/Id/nhs-number|9990000018`, or several with commas between them. */
const token = /fhir\.nhs\.uk\/Id\/nhs-number\|([^&#\s|]+)/g;
/** `Patient/9990000018` */
const reference = /(?:^|[/|=])Patient\/(\d{10})(?![\w-])/g;
/** `patient=9990000018`, `subject:Patient=9990000018`, `patient.identifier=9990000018` */
const parameter = /[?&](?:patient|subject)(?:[:.][\w:.]+)?=(\d{10}(?:,\d{10})*)(?![^&#])/gi;

/**
 * Whether the bodies contain a valid NHS number other than the requested one. Only for an answer without entries: the
 * telephone numbers and codes of entries can be ten digits too.
 */
export function holdsAnotherNumber(bodies: readonly unknown[], requested: NhsNumber): boolean {
  let found = false;
  visitJson(bodies, {
    text(text) {
      for (const [number] of decode(text).matchAll(tenDigits)) {
        found ||= parseNhsNumber(number).kind === 'valid' && !isNhsNumber(number, requested);
      }
    },
  });
  return found;
}

const tenDigits = /(?<![A-Za-z0-9])\d{3}[ -]?\d{3}[ -]?\d{4}(?![A-Za-z0-9])/g;

/** Decodes `%7C` to `|`, also where it was encoded twice; other text stays unchanged. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  const once = (encoded: string) =>
    encoded.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return once(once(text));
}
