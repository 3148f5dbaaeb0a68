/** What went wrong on the way to a session, as one of the faults of the screens. */
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

/** A step of signing in ended in a fault that is known; carried up as an error within this folder. */
export class IdentityFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.name = 'IdentityFault';
    this.fault = fault;
  }
}

/** Ends the sign-in. `clue` is a word or two for the help desk, never anything that came from outside. */
export function refuse(kind: FaultKind, clue?: string, words?: FaultDetail): never {
  throw new IdentityFault(makeFault(kind, newReference(clue), words));
}

/** What a network failure is called on a screen. */
export function describeFailedAnswer(answer: FailedResponse): Fault {
  const { fault, detail } = answer;
  return makeFault(
    fault === 'aborted' ? 'sign-in-cancelled' : fault,
    newReference(detail),
    proxyFaultText(answer),
  );
}

/** `clockDifference` in seconds: what to add to this computer's clock, as the services' answers tell. */
export function clockFault(clockDifference: number, reference: string): Fault {
  const minutes = Math.round(Math.abs(clockDifference) / 60);
  const direction = clockDifference > 0 ? 'slow' : 'fast';
  if (minutes === 0) return makeFault('clock-wrong', reference);
  return makeFault('clock-wrong', reference, clockOff(describeDuration(minutes), direction));
}

function describeDuration(minutes: number): string {
  if (minutes >= 48 * 60) return `${Math.round(minutes / 1_440)} days`;
  if (minutes >= 120) return `${Math.round(minutes / 60)} hours`;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** A web page where a service speaks JSON: a proxy, a network's log-in page, a filter. */
export function interceptedFault(service: 'Care Identity' | 'the NHS platform', reference: string): Fault {
  return makeFault('proxy', reference, answeredInItsPlace(service));
}
