/**
 * Finds the patients that an answer names, in any place. A service that searched for another NHS number returns nothing
 * about the requested one, even as an empty, well-formed answer; the `self` link then shows the other number (H3).
 * Source: HL7 FHIR R4, "Search", section 3.1.1.5.2 (the self link names the parameters that were used).
 */
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { isJsonObject } from '../../../shared/json.ts';
import { decodeText } from './decode-text.ts';
import { listOf } from './elements.ts';
import { isNhsNumber, isNhsNumberSystem } from './nhs-number-identifier.ts';
import { visitJson } from './visit-json.ts';

/**
 * Whether the bodies name a patient by another NHS number than the requested one: in an identifier of the NHS number
 * system, a reference to a Patient, a Patient (there in an identifier of any system) or a parameter of a link. The
 * participants of a care team are left out: an answer is not about a parent who takes part in the team.
 */
export function namesAnotherPatient(bodies: readonly unknown[], requested: NhsNumber): boolean {
  const named: string[] = [];
  visitJson(bodies, {
    excludedMembers: new Set(['participant']),
    object({ system, value, resourceType, id, identifier }) {
      if (isNhsNumberSystem(system)) named.push(...numberAsText(value));
      if (typeof resourceType !== 'string' || resourceType.toLowerCase() !== 'patient') return;
      named.push(...numberAsText(id).filter((text) => /^\d{10}$/.test(text) || isValid(text)));
      for (const one of listOf(identifier)) {
        if (isJsonObject(one)) named.push(...numberAsText(one['value']).filter(isValid));
      }
    },
    text(text) {
      const decoded = decodeText(text);
      // A long history has thousands of texts, of which few name a patient.
      if (!/patient|subject|nhs-?number/i.test(decoded)) return;
      for (const [, value = ''] of decoded.matchAll(token)) named.push(...numbersIn(value));
      for (const pattern of [reference, parameter]) {
        for (const [, numbers = ''] of decoded.matchAll(pattern)) named.push(...numbers.split(','));
      }
    },
  });
  return named.some((text) => !isNhsNumber(text, requested));
}

function numberAsText(value: unknown): readonly string[] {
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

function isValid(text: string): boolean {
  return parseNhsNumber(text).kind === 'valid';
}

/** Ten digits, with what may stand between their groups; `parseNhsNumber` reads them all. */
const written = String.raw`\d{3}[\s\p{Zs}\p{Pd}\p{Cf}.]?\d{3}[\s\p{Zs}\p{Pd}\p{Cf}.]?\d{4}`;
/** Hexadecimal signs beside them make them a part of a UUID; `NHS9990000018` is a number. */
const numbers = new RegExp(`(?<![0-9A-Fa-f])${written}(?![0-9A-Fa-f])`, 'gu');

/** `https://fhir.nhs.uk/Id/nhs-number|9990000018`, or several with commas between them. */
const token = /nhs-?number\/?\|([^&#|]*?)(?=https?:|[&#|]|$)/gi;
/** `Patient/9990000018` */
const reference = new RegExp(`(?:^|[/|=])Patient/(${written})(?![\\w-])`, 'giu');
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
 * Whether the values contain a valid NHS number other than the requested one. For an answer without entries, and for what
 * names a patient: the phone numbers and codes of other entries can be ten digits too.
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
