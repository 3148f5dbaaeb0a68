/**
 * Finds the patients that an answer names, in any place. A service that searched for another NHS number returns nothing
 * about the requested one, even as an empty, well-formed answer; the `self` link then shows the other number (H3).
 * Source: HL7 FHIR R4, "Search", section 3.1.1.5.2 (the self link names the parameters that were used).
 */
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { decodeText } from './decode-text.ts';
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
    excludedMembers: new Set(['participant']),
    object({ system, value, resourceType, id }) {
      if (system === nhsNumberSystem && (typeof value === 'string' || typeof value === 'number')) {
        named.push(String(value));
      }
      if (resourceType === 'Patient' && typeof id === 'string' && /^\d{10}$/.test(id)) named.push(id);
    },
    text(text) {
      const decoded = decodeText(text);
      // A long history has thousands of texts, of which few name a patient.
      if (!/patient|subject|nhs-number/i.test(decoded)) return;
      for (const [, value = ''] of decoded.matchAll(token)) named.push(...numbersIn(value));
      for (const pattern of [reference, parameter]) {
        for (const [, numbers = ''] of decoded.matchAll(pattern)) named.push(...numbers.split(','));
      }
    },
  });
  return named.some((text) => !isNhsNumber(text, requested));
}

/** Ten digits, with what may stand between their groups; `parseNhsNumber` reads them all. */
const written = String.raw`\d{3}[\s\p{Zs}\p{Pd}\p{Cf}.]?\d{3}[\s\p{Zs}\p{Pd}\p{Cf}.]?\d{4}`;
/** Hexadecimal signs beside them make them a part of a UUID; `NHS9990000018` is a number. */
const numbers = new RegExp(`(?<![0-9A-Fa-f])${written}(?![0-9A-Fa-f])`, 'gu');

/** `https://fhir.nhs.uk/Id/nhs-number|9990000018`, or several with commas between them. */
const token = /fhir\.nhs\.uk\/Id\/nhs-number\|([^&#|]*?)(?=https?:|[&#|]|$)/g;
/** `Patient/9990000018` */
const reference = /(?:^|[/|=])Patient\/(\d{10})(?![\w-])/g;
/** `patient=9990000018`, `subject:Patient=9990000018`, `patient.identifier=9990000018` */
const parameter = new RegExp(
  `[?&](?:patient|subject)(?:[:.][\\w:.]+)?=(${written}(?:,${written})*)(?![^&#])`,
  'giu',
);

/** What stands in the place of an NHS number and holds none is given back as it is: it is not the one asked for either. */
function numbersIn(value: string): readonly string[] {
  const found = value.match(numbers);
  if (found !== null) return found;
  return value.trim() === '' ? [] : [value];
}

/**
 * Whether the bodies contain a valid NHS number other than the requested one. Only for an answer without entries: the
 * phone numbers and codes of entries can be ten digits too.
 */
export function holdsAnotherNumber(bodies: readonly unknown[], requested: NhsNumber): boolean {
  let found = false;
  visitJson(bodies, {
    text(text) {
      for (const [number] of decodeText(text).matchAll(numbers)) {
        found ||= parseNhsNumber(number).kind === 'valid' && !isNhsNumber(number, requested);
      }
    },
  });
  return found;
}
