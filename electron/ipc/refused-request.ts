import type { Fault } from '../../shared/fault.ts';

/** A handler's way to answer with a fault that its response type has no place for. The router turns it into a reply. */
export class RefusedRequest extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.kind);
    this.name = 'RefusedRequest';
    this.fault = fault;
  }
}
