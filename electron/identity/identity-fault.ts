import {
  answeredInItsPlace,
  clockOff,
  type Fault,
  type FaultDetail,
  type FaultKind,
  makeFault,
} from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { FailedResponse } from '../network/api-response.ts';
import { proxyFaultText } from '../network/proxy-login-error.ts';

/** Carries a fault up the call stack as an error. Never leaves this folder. */
export class IdentityFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.name = 'IdentityFault';
    this.fault = fault;
  }
}

/** Ends the sign-in. `hint`: a word or two of our own for the help desk, never a text from outside. */
export function refuse(kind: FaultKind, hint?: string, text?: FaultDetail): never {
  throw new IdentityFault(makeFault(kind, newReference(hint), text));
}

/** The fault that stands for a failed request of the sign-in. */
export function describeFailedResponse(response: FailedResponse): Fault {
  const { fault, detail } = response;
  return makeFault(
    fault === 'aborted' ? 'sign-in-cancelled' : fault,
    newReference(detail),
    proxyFaultText(response),
  );
}

/** `clockDifferenceSeconds`: positive where this computer's clock is behind the clocks of the services. */
export function clockFault(clockDifferenceSeconds: number, reference: string): Fault {
  const minutes = Math.round(Math.abs(clockDifferenceSeconds) / 60);
  const direction = clockDifferenceSeconds > 0 ? 'slow' : 'fast';
  if (minutes === 0) return makeFault('clock-wrong', reference);
  return makeFault('clock-wrong', reference, clockOff(describeDuration(minutes), direction));
}

function describeDuration(minutes: number): string {
  if (minutes >= 48 * 60) return `${Math.round(minutes / 1_440)} days`;
  if (minutes >= 120) return `${Math.round(minutes / 60)} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** The fault of a web page in place of JSON: it comes from a proxy, a filter or the log-in page of a network. */
export function interceptedFault(service: 'Care Identity' | 'the NHS platform', reference: string): Fault {
  return makeFault('answered-in-its-place', reference, answeredInItsPlace(service));
}
