/**
 * Whom an answer names, in whatever place. A search that a service ran for another NHS number finds nothing about the
 * one that was asked for, however empty and well-formed its answer is; its `self` link then says so (H3).
 * Source: HL7 FHIR R4, "Search", section 3.1.1.5.2 (the self link names the parameters that were used).
 */
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { isNhsNumber, nhsNumberSystem } from './subject.ts';
import { visitJson } from './visit-json.ts';

/**
 * Whether anything in the bodies stands where a patient's NHS number stands, and is not the one asked for: an
 * identifier of the NHS's system, a reference to a Patient, a Patient, a parameter of a link. Who takes part in a care
 * team is left out: a parent among them is nobody whom the answer is about.
 */
export function namesAnotherPatient(bodies: readonly unknown[], asked: NhsNumber): boolean {
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
      // A long history has a hundred thousand texts, of which few speak of a patient.
      if (!/patient|subject|nhs-number/i.test(decoded)) return;
      for (const pattern of [token, reference, parameter]) {
        for (const [, numbers = ''] of decoded.matchAll(pattern)) named.push(...numbers.split(','));
      }
    },
  });
  return named.some((text) => !isNhsNumber(text, asked));
}

/** `https://fhir.nhs.uk/Id/nhs-number|9990000018`, or several with commas between them. */
const token = /fhir\.nhs\.uk\/Id\/nhs-number\|([^&#\s|]+)/g;
/** `Patient/9990000018` */
const reference = /(?:^|[/|=])Patient\/(\d{10})(?![\w-])/g;
/** `patient=9990000018`, `subject:Patient=9990000018`, `patient.identifier=9990000018` */
const parameter = /[?&](?:patient|subject)(?:[:.][\w:.]+)?=(\d{10}(?:,\d{10})*)(?![^&#])/gi;

/**
 * Whether any valid NHS number but the one asked for stands anywhere in the bodies. For an answer without entries: it has
 * no telephone numbers and no codes, in which ten digits could be anything.
 */
export function holdsAnotherNumber(bodies: readonly unknown[], asked: NhsNumber): boolean {
  let found = false;
  visitJson(bodies, {
    text(text) {
      for (const [number] of decode(text).matchAll(tenDigits)) {
        found ||= parseNhsNumber(number).kind === 'valid' && !isNhsNumber(number, asked);
      }
    },
  });
  return found;
}

const tenDigits = /(?<![A-Za-z0-9])\d{3}[ -]?\d{3}[ -]?\d{4}(?![A-Za-z0-9])/g;

/** `%7C` as `|`, and a sign that was encoded twice as well; what is no such code stays as it is. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  const once = (encoded: string) =>
    encoded.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  return once(once(text));
}
