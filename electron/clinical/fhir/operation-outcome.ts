/**
 * Reads the error of a service: a FHIR OperationOutcome, or the JSON error of the API platform.
 * Source: CP-IS consumer guide, "Error handling"; PDS FHIR API; NHS API platform errors.
 */
import * as v from 'valibot';
import { isJsonObject } from '../../../shared/json.ts';
import { readServiceReference } from '../../diagnostics/reference.ts';
import { concept, object, objects, token } from './elements.ts';

export interface ServiceProblem {
  /** Every `details.coding.code` and, after them, every `issue.code`, in capitals: `ACCESS_DENIED`, `NOT_FOUND`. */
  readonly codes: readonly string[];
  /** A reference that the service's support staff can look up; `undefined` if none had the right form. */
  readonly reference: string | undefined;
  /** The service says that a header of the request did not arrive. */
  readonly headerMissing: boolean;
  /** The platform refuses the level at which the user is signed in. */
  readonly levelTooLow: boolean;
}

const outcomeSchema = v.object({
  id: token,
  issue: objects({ code: token, details: object(concept), diagnostics: token }),
});
/** As the services of the platform write it; the text itself goes no further. */
const missingHeader = /\bmissing (?:or empty )?\S* ?header|\bheader must be supplied|\bheader is missing/i;
const platformSchema = v.object({ message_id: token, error: token });

/** Whatever else it has in it. */
export function isOperationOutcome(body: unknown): boolean {
  return isJsonObject(body) && body['resourceType'] === 'OperationOutcome';
}

/** Reads the problem from any JSON value. Never throws. */
export function readServiceProblem(body: unknown): ServiceProblem {
  if (!isJsonObject(body))
    return { codes: [], reference: undefined, headerMissing: false, levelTooLow: false };
  const { id, issue } = v.parse(outcomeSchema, body);
  const { message_id: messageId, error } = v.parse(platformSchema, body);
  const details = issue.flatMap((one) => one.details.coding.flatMap(({ code }) => code ?? []));
  const general = issue.flatMap(({ code }) => code ?? []);
  return {
    codes: isOperationOutcome(body) ? [...details, ...general].map(normalise) : [],
    reference: [id, messageId].flatMap((text) => readServiceReference(text ?? '') ?? [])[0],
    levelTooLow: error === 'unauthorized_client',
    headerMissing: issue.some(
      ({ details: { coding }, diagnostics = '' }) =>
        coding.some(({ code }) => code === 'MISSING_HEADER') || missingHeader.test(diagnostics),
    ),
  };
}

function normalise(code: string): string {
  return code.toUpperCase().replaceAll('-', '_');
}
