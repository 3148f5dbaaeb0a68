/**
 * What went wrong with Care Identity, the platform, the clock or the key, as one of the faults of the screens. Errors
 * of the libraries can hold tokens in their fields: only names and codes are read from them, never messages or bodies.
 */
import { randomUUID } from 'node:crypto';
import { type Fault, type FaultKind, makeFault } from '../../shared/fault.ts';
import type { FailedAnswer } from '../network/answer.ts';
import { NetworkFailure } from '../network/network-failure.ts';
import { SigningKeyUnavailable } from './signers/signer.ts';

/** A step of signing in ended in a fault that is known; carried up as an error within this folder. */
export class IdentityFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.name = 'IdentityFault';
    this.fault = fault;
  }
}

export function refuse(kind: FaultKind, detail?: Parameters<typeof makeFault>[2], reference?: string): never {
  throw new IdentityFault(makeFault(kind, reference ?? newReference(), detail));
}

/** A short id of our own, for the log and the help desk, where the service gave none. */
export function newReference(): string {
  return randomUUID().slice(0, 8);
}

/** What a network failure is called on a screen. */
export function describeFailedAnswer(answer: FailedAnswer): Fault {
  const reference = `${newReference()} ${answer.detail}`;
  switch (answer.fault) {
    case 'offline':
    case 'proxy':
    case 'untrusted-certificate':
    case 'timed-out':
    case 'answer-not-understood':
    case 'signed-out':
    case 'service-failing':
      return makeFault(answer.fault, reference);
    case 'aborted':
      return makeFault('sign-in-cancelled', reference);
  }
}

/** Says which fault an error of signing in stands for. `clockDifference` in seconds, as the services' answers tell. */
export function describeIdentityError(error: unknown, clockDifference: number): Fault {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    if (cause instanceof IdentityFault) return cause.fault;
    if (cause instanceof NetworkFailure) return describeFailedAnswer(cause.answer);
    if (cause instanceof SigningKeyUnavailable) {
      return makeFault('signing-key-unavailable', `${newReference()} ${cause.message}`);
    }
  }
  const name = readText(error, 'name');
  const code = readText(error, 'code');
  const reference = [newReference(), code].filter((part) => part !== '').join(' ');
  if (name === 'AuthorizationResponseError') return describeRefusal(readText(error, 'error'), reference);
  const status = readNumber(error, 'status');
  if (status === 429) return makeFault('busy', reference);
  if (status >= 500) return makeFault('service-failing', reference);
  switch (code) {
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return clockFault(clockDifference, reference);
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return makeFault('answer-not-understood', reference, {
        happened: 'Something between this computer and Care Identity answered in its place.',
        action: 'Ask your IT service desk whether a proxy or a log-in page of the network is in the way.',
      });
    default:
      return makeFault('sign-in-failed', reference);
  }
}

/** An error of the authorisation response (RFC 6749, section 4.1.2.1; OpenID Connect Core, section 3.1.2.6). */
function describeRefusal(error: string, reference: string): Fault {
  switch (error) {
    case 'access_denied':
    case 'login_required':
    case 'interaction_required':
      return makeFault('sign-in-cancelled', reference);
    case 'temporarily_unavailable':
    case 'server_error':
      return makeFault('service-failing', reference);
    default:
      return makeFault('sign-in-failed', reference);
  }
}

export function clockFault(clockDifference: number, reference: string): Fault {
  const minutes = Math.round(Math.abs(clockDifference) / 60);
  const direction = clockDifference > 0 ? 'slow' : 'fast';
  return makeFault('clock-wrong', reference, {
    ...(minutes === 0
      ? {}
      : {
          happened: `This computer's clock is wrong: it is about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ${direction}.`,
        }),
  });
}

function readText(error: unknown, key: string): string {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'string' ? value : '';
}

function readNumber(error: unknown, key: string): number {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === 'number' ? value : 0;
}
