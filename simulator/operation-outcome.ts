/** FHIR OperationOutcomes as the APIs of the NHS England platform word them. */
import { randomUUID } from 'node:crypto';
import { type Answer, fhirAnswer } from './answer.ts';

export interface OutcomeText {
  /** FHIR issue type. */
  readonly issue: string;
  readonly code: string;
  readonly display: string;
  readonly diagnostics?: string;
  readonly severity?: 'error' | 'information';
}

const spineCodes = 'https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode';
/** CP-IS names its code system differently from the rest of the platform. */
const cpisCodes = 'https://fhir.nhs.uk/CodeSystem/England-SpineErrorOrWarningCode';

/** With one of the codes of Spine. */
export function operationOutcome({
  issue,
  code,
  display,
  diagnostics,
  severity = 'error',
}: OutcomeText): unknown {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity,
        code: issue,
        details: { coding: [{ system: spineCodes, version: '1', code, display }] },
        ...(diagnostics === undefined ? {} : { diagnostics }),
      },
    ],
  };
}

/** An OperationOutcome with a status. */
export function outcomeAnswer(status: number, text: OutcomeText): Answer {
  return fhirAnswer(status, operationOutcome(text));
}

/** With an `id`, the support reference, and without diagnostics. */
export function cpisOutcome({ issue, code, display }: OutcomeText): unknown {
  return {
    resourceType: 'OperationOutcome',
    id: randomUUID(),
    issue: [{ severity: 'error', code: issue, details: { coding: [{ system: cpisCodes, code, display }] } }],
  };
}

/** The platform's usual error for a status. */
export function platformOutcomeOf(status: number): OutcomeText {
  switch (status) {
    case 401:
      return {
        issue: 'forbidden',
        code: 'ACCESS_DENIED',
        display: 'Access Denied - Unauthorised',
        diagnostics: 'Access Token expired',
      };
    case 403:
      return {
        issue: 'forbidden',
        code: 'ACCESS_DENIED',
        display: 'Access has been denied to process this request',
        diagnostics: 'Access has been denied to process this request',
      };
    case 404:
      return { issue: 'not-found', code: 'RESOURCE_NOT_FOUND', display: 'Resource not found' };
    case 408:
      return { issue: 'timeout', code: 'UNABLE_TO_CALL_SERVICE', display: 'Unable to call service' };
    case 429:
      return {
        issue: 'value',
        code: 'TOO_MANY_REQUESTS',
        display: 'Too many requests',
        diagnostics:
          'Your application, synthetic-viewer, has exceeded its quota of 5 requests every 1 second(s) and is being rate limited.',
      };
    default:
      return status < 500
        ? { issue: 'invalid', code: 'BAD_REQUEST', display: 'Bad request' }
        : { issue: 'exception', code: 'UNABLE_TO_CALL_SERVICE', display: 'Unable to call service' };
  }
}
