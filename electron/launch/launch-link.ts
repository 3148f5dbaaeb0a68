/**
 * Parses a launch link by a closed grammar; any other link is `unknown`, never a guess. Three forms:
 *
 *     cpis-viewer:launch?iss=…&launch=…
 *     cpis-viewer:launch?code=…[&iss=…]
 *     cpis-viewer:launch?patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14
 *                        &location=https://fhir.nhs.uk/Id/ods-organization-code|A12345
 *                        [&practitioner=…][&serviceId=…][&exp=…][&nbf=…]
 *
 * The first is SMART App Launch (HL7, 2.2, "EHR launch"; EMIS Partner API, "Context Management"). The second is ours: a
 * one-time code, redeemed at the site's own server. The third has the patient in it (SIDeR interoperability patterns,
 * "Contextual launch"); `exp` and `nbf` are a FHIR `dateTime`, and some record systems send the seconds of RFC 7519's
 * NumericDate: both are read. The order of the parameters is free, each is there once at most, and there is no other.
 */
import { parseFhirDate } from '../../shared/clinical/clinical-date.ts';
import { type NhsNumber, parseNhsNumber } from '../../shared/clinical/nhs-number.ts';

/** The patient of a launch. */
export interface PatientContext {
  readonly nhsNumber: NhsNumber;
  /** `YYYY-MM-DD`; the date of birth on PDS must be the same. */
  readonly birthDate: string | undefined;
  /** The user of the record system, where it names one: context, never identity. */
  readonly practitioner: Identifier | undefined;
  /** The ODS code of the organisation in which the record system is used. */
  readonly location: string | undefined;
  /** `nbf` and `exp`, in milliseconds since 1970. */
  readonly notBefore: number | undefined;
  readonly notAfter: number | undefined;
}

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export type LaunchLink =
  | { readonly kind: 'patient'; readonly context: PatientContext }
  | { readonly kind: 'code'; readonly code: string; readonly issuer: string | undefined }
  | { readonly kind: 'smart'; readonly iss: string; readonly launch: string }
  | { readonly kind: 'unknown' };

const longestLink = 2_000;
const unknown: LaunchLink = { kind: 'unknown' };

/** Never throws. */
export function parseLaunchLink(text: string): LaunchLink {
  if (text.length > longestLink) return unknown;
  // Windows and browsers write the URL with or without slashes, but never with spaces or control characters.
  const [, query] = /^cpis-viewer:(?:\/\/)?launch\/?\?([\x21-\x7e]+)$/i.exec(text) ?? [];
  const fields = query === undefined ? undefined : readFields(query);
  if (fields === undefined) return unknown;
  if (fields.has('code')) return readCode(fields);
  return fields.has('launch') ? readSmart(fields) : readPatient(fields);
}

type Fields = ReadonlyMap<string, string>;

/** Returns `undefined` where a parameter has no value, is repeated, or cannot be decoded. */
function readFields(query: string): Fields | undefined {
  const fields = new Map<string, string>();
  for (const part of query.split('&')) {
    const [, name, encoded] = /^([a-zA-Z]+)=([^#]+)$/.exec(part) ?? [];
    const value = encoded === undefined ? undefined : decode(encoded);
    if (name === undefined || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return fields;
}

function decode(encoded: string): string | undefined {
  try {
    const text = decodeURIComponent(encoded);
    return /^[\x20-\x7e]+$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The pattern demands the location; the answer to a code need not have one. */
function readPatient(fields: Fields): LaunchLink {
  const context = fields.has('location') ? readPatientContext(fields) : undefined;
  return context === undefined ? unknown : { kind: 'patient', context };
}

const contextFields = new Set([
  'patient',
  'birthdate',
  'location',
  'practitioner',
  'serviceId',
  'exp',
  'nbf',
]);
export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';
/** The identifier system in which a practitioner's id is the Care Identity user id. */
export const userIdSystem = 'https://fhir.nhs.uk/Id/sds-user-id';
const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code';

/** Reads the fields of the third form, from a link or from the issuer of a code. */
export function readPatientContext(fields: Fields): PatientContext | undefined {
  if ([...fields.keys()].some((name) => !contextFields.has(name))) return undefined;
  const patient = readIdentifier(fields.get('patient'));
  if (patient?.system !== nhsNumberSystem || !/^\d{10}$/.test(patient.value)) return undefined;
  const parsed = parseNhsNumber(patient.value);
  const birthDate = fields.get('birthdate') ?? '';
  if (parsed.kind === 'invalid' || parseFhirDate(birthDate)?.precision !== 'day') return undefined;
  if (birthDate.length !== 'YYYY-MM-DD'.length) return undefined;

  const location = readOptional(fields.get('location'), readIdentifier);
  const practitioner = readOptional(fields.get('practitioner'), readIdentifier);
  const notAfter = readOptional(fields.get('exp'), readInstant);
  const notBefore = readOptional(fields.get('nbf'), readInstant);
  // Identifies the service of a shared record: checked, and not used by the viewer.
  const serviceId = readOptional(fields.get('serviceId'), readGuid);
  if (location === malformed || practitioner === malformed || serviceId === malformed) return undefined;
  if (notAfter === malformed || notBefore === malformed) return undefined;
  if (
    location !== undefined &&
    (location.system !== odsSystem || !/^[A-Z0-9]{3,10}$/i.test(location.value))
  ) {
    return undefined;
  }
  return {
    nhsNumber: parsed.nhsNumber,
    birthDate,
    practitioner,
    location: location?.value.toUpperCase(),
    notBefore,
    notAfter,
  };
}

const malformed = Symbol('malformed');

/** A missing field is allowed; a malformed one is not. */
function readOptional<Value>(
  text: string | undefined,
  read: (text: string) => Value | undefined,
): Value | undefined | typeof malformed {
  return text === undefined ? undefined : (read(text) ?? malformed);
}

/** A FHIR search token: `system|value`. */
export function readIdentifier(text: string | undefined): Identifier | undefined {
  const [, system, value] = /^(https?:\/\/[^|\s]{1,200})\|([^|\s]{1,100})$/.exec(text ?? '') ?? [];
  return system === undefined || value === undefined ? undefined : { system, value };
}

const dateTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads seconds since 1970, or a full dateTime with its time zone. Returns milliseconds since 1970. */
function readInstant(text: string): number | undefined {
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  const [, day = ''] = dateTime.exec(text) ?? [];
  // JavaScript would make the 31st of February a day in March.
  if (parseFhirDate(day)?.precision !== 'day') return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

function readGuid(text: string): string | undefined {
  return /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(text) ? text : undefined;
}

function readCode(fields: Fields): LaunchLink {
  const code = fields.get('code') ?? '';
  const issuer = fields.get('iss');
  const isClosed = [...fields.keys()].every((name) => name === 'code' || name === 'iss');
  const isCode = /^[\w.~-]{8,200}$/.test(code);
  const isIssuer = issuer === undefined || webAddress.test(issuer);
  return isClosed && isCode && isIssuer ? { kind: 'code', code, issuer } : unknown;
}

const webAddress = /^https?:\/\/[^\s|]{1,200}$/;

/** `launch` is opaque: it holds whatever a query may hold. */
function readSmart(fields: Fields): LaunchLink {
  const [iss = '', launch = ''] = [fields.get('iss'), fields.get('launch')];
  return fields.size === 2 && webAddress.test(iss) ? { kind: 'smart', iss, launch } : unknown;
}
