import type { Fault } from '../../shared/fault.ts';

/** A handler throws this to answer with a fault that its response type does not hold. The router turns it into a reply. */
export class RefusedRequest extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.name = 'RefusedRequest';
    this.fault = fault;
  }
}
