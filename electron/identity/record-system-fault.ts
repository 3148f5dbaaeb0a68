/** Turns an error of a SMART launch into a fault, in words about the record system. Reads no message and no body. */
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import {
  type Fault,
  type FaultDetail,
  type FaultKind,
  launchDetails,
  makeFault,
} from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { describeSignInError } from './openid-fault.ts';

/** The fault of a page of the record system, whose words are those of a sign-in. */
export function describePageFault(fault: Fault): Fault {
  return describe(fault, 'launch-refused', launchDetails.pageFailed);
}

/** Takes anything that was thrown. */
export function describeRecordSystemError(error: unknown): Fault {
  // RFC 6749, sections 4.1.2.1 and 5.2.
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    const isFailing = /^(server_error|temporarily_unavailable)$/.test(error.error);
    return isFailing
      ? makeFault('service-failing', newReference(error.error), launchDetails.failing)
      : makeFault('launch-refused', newReference(readKnown(error.error)), launchDetails.notAccepted);
  }
  return describe(describeSignInError(error), 'answer-not-understood', launchDetails.answerNotUnderstood);
}

/** `otherwise`: for the kinds of a fault that say nothing of a record system. */
function describe(fault: Fault, kind: FaultKind, otherwise: FaultDetail): Fault {
  const { reference } = fault;
  switch (fault.kind) {
    case 'launch-refused':
      return fault;
    case 'sign-in-cancelled':
      return makeFault('launch-refused', reference, launchDetails.pageClosed);
    case 'offline':
      return makeFault('offline', reference, launchDetails.notReached);
    case 'timed-out':
      return makeFault('timed-out', reference, launchDetails.timedOut);
    case 'busy':
    case 'service-failing':
      return makeFault('service-failing', reference, launchDetails.failing);
    case 'proxy':
    case 'answered-in-its-place':
    case 'untrusted-certificate':
    case 'unexpected-issuer':
      return makeFault(fault.kind, reference);
    default:
      return makeFault(kind, reference, otherwise);
  }
}

/** A reference holds no text from outside. */
function readKnown(error: string): string {
  return ['access_denied', 'invalid_grant', 'invalid_request', 'login_required'].includes(error)
    ? error
    : 'OAuth';
}
