/**
 * Reads the response of a service: a body to map, or a failure in words. The detail code of an OperationOutcome decides
 * first, the status second: the guide prints ACCESS_DENIED under 400 as well as 403.
 * Source: CP-IS consumer guide, "Error handling"; PDS FHIR API, "Response codes".
 */
import { type Fault, lookupDetails, makeFault } from '../../../shared/fault.ts';
import type { Notification } from '../../../shared/outcome.ts';
import type { FailedResponse } from '../../network/api-response.ts';
import { readJson } from '../../network/body.ts';
import { proxyFaultText } from '../../network/proxy-login-error.ts';
import { isOperationOutcome, readServiceProblem } from '../fhir/operation-outcome.ts';
import type { ServiceResponse } from './transport.ts';

export type ServiceAnswer =
  | { readonly kind: 'body'; readonly body: unknown; readonly requestId: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

export interface Failure {
  /** `search-refused`: the service refused the search parameters: the NHS number, or the names. */
  readonly reason: 'denied' | 'not-found' | 'too-many-matches' | 'search-refused' | 'other';
  readonly fault: Fault;
  /** Whether an unscheduled request with this failure may still have notified the local authority (H4, H5). */
  readonly notification: Extract<Notification, 'not-sent' | 'unknown'>;
}

type Answered = Extract<ServiceResponse['answer'], { kind: 'answered' }>;

/** A body comes with status 200 alone. */
export function readServiceAnswer({ answer, requestId }: ServiceResponse): ServiceAnswer {
  if (answer.kind === 'failed') return { kind: 'failure', failure: describeFailed(answer, requestId) };
  const isJson = answer.contentType === '' || /[/+]json$/.test(answer.contentType);
  const body = isJson ? readJson(answer.body) : undefined;
  if (answer.status === 200 && body !== undefined && !isOperationOutcome(body)) {
    return { kind: 'body', body, requestId };
  }
  const problem = readServiceProblem(body);
  const reference = problem.reference ?? requestId;
  // PDS's sandbox answers 412, its specification says 400.
  const headerLost = [400, 412].includes(answer.status) && problem.headerMissing;
  const levelTooLow = answer.status === 401 && problem.levelTooLow;
  const byProblem: Explained | undefined = levelTooLow
    ? { reason: 'other', fault: makeFault('assurance-too-low', reference, lookupDetails.strongerSignIn) }
    : headerLost
      ? { reason: 'other', fault: makeFault('header-lost', reference) }
      : firstOf(problem.codes, (code) => byCode(code, answer.status, reference));
  const failure = byProblem ?? byStatus(answer, reference);
  return { kind: 'failure', failure: { ...failure, notification: notificationOf(answer) } };
}

/** The failure of an answer that arrived but cannot be read safely. */
export function describeUnreadable(fault: Fault): Failure {
  return { reason: 'other', fault, notification: 'unknown' };
}

function describeFailed(answer: FailedResponse, reference: string): Failure {
  const { fault, delivered } = answer;
  return {
    reason: 'other',
    // Only the patient lookup aborts a request, when its patient changes.
    fault: makeFault(fault === 'aborted' ? 'patient-changed' : fault, reference, proxyFaultText(answer)),
    notification: delivered === 'no' ? 'not-sent' : 'unknown',
  };
}

/** A service refuses before it acts; any other failure may have come after the notification (H4). */
function notificationOf({ status, contentType }: Answered): Failure['notification'] {
  // A web page does not come from the service: a filter may have passed the request on and blocked the response.
  const isServices = contentType !== 'text/html';
  return isServices && [400, 401, 403, 429].includes(status) ? 'not-sent' : 'unknown';
}

type Explained = Omit<Failure, 'notification'>;

/** Returns `undefined` for a code that is less specific than the status. */
function byCode(code: string, status: number, reference: string): Explained | undefined {
  switch (code) {
    case 'ACCESS_DENIED':
    case 'FORBIDDEN':
      return status === 401 ? notAuthorised(reference) : denied(reference);
    case 'INVALID_SEARCH_DATA':
      return { reason: 'search-refused', fault: makeFault('nhs-number-invalid', reference) };
    case 'INVALID_RESOURCE_ID':
      return { reason: 'other', fault: makeFault('nhs-number-invalid', reference) };
    case 'PRECONDITION_FAILED':
    case 'INVALID_VALUE':
    case 'MISSING_VALUE':
      return { reason: 'other', fault: badRequest(reference) };
    case 'RESOURCE_NOT_FOUND':
    case 'NOT_FOUND':
      if (saysNothingOfPatient(status)) return undefined; // H2
      return { reason: 'not-found', fault: makeFault('patient-not-found', reference) };
    case 'INVALIDATED_RESOURCE':
      if (saysNothingOfPatient(status)) return undefined;
      return {
        reason: 'not-found',
        fault: makeFault('patient-not-found', reference, lookupDetails.withdrawn),
      };
    case 'TOO_MANY_MATCHES':
      return { reason: 'too-many-matches', fault: makeFault('answer-not-understood', reference) };
    case 'TOO_MANY_REQUESTS':
      return { reason: 'other', fault: makeFault('busy', reference) };
    // PDS gives this code where a system behind it failed, or took too long: the status (408) distinguishes them.
    case 'UNABLE_TO_CALL_SERVICE':
      return {
        reason: 'other',
        fault: makeFault(isTooLate(status) ? 'timed-out' : 'service-failing', reference),
      };
    default:
      return undefined;
  }
}

function byStatus({ status, contentType }: Answered, reference: string): Explained {
  const other = (fault: Fault): Explained => ({ reason: 'other', fault });
  // The services answer in JSON: a web page in between comes from a proxy or a sign-on page of the network.
  const isWebPage = contentType === 'text/html';
  if (status === 407) return other(makeFault('proxy', reference));
  // H4: the request may have reached the service all the same.
  if (isWebPage && status < 500) return other(makeFault('answered-in-its-place', reference));
  if (status === 400) return other(badRequest(reference));
  if (status === 401) return notAuthorised(reference);
  if (status === 403) return denied(reference);
  if (isTooLate(status)) return other(makeFault('timed-out', reference));
  if (status === 429) return other(makeFault('busy', reference));
  if (status >= 500) return other(makeFault('service-failing', reference));
  return other(makeFault('answer-not-understood', reference));
}

/** The service refused or failed: what it did not find need not be the patient. */
function saysNothingOfPatient(status: number): boolean {
  return status >= 500 || [401, 403, 407, 408, 429].includes(status);
}

function isTooLate(status: number): boolean {
  return status === 408 || status === 504;
}

function denied(reference: string): Explained {
  return { reason: 'denied', fault: makeFault('denied', reference) };
}

/**
 * 401 concerns the sign-in, not the role. The token has been renewed by now, but an unscheduled request was not repeated
 * with the new one (H4), so the fault asks the user to repeat it.
 */
function notAuthorised(reference: string): Explained {
  return { reason: 'other', fault: makeFault('sign-in-not-accepted', reference) };
}

function badRequest(reference: string): Fault {
  return makeFault('internal', reference, lookupDetails.badRequest);
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
