/** The result of the last attempt to find a patient; each attempt replaces it. */
import type { Fault } from '../../../shared/fault.ts';
import type { FieldError } from '../../components/error-summary.tsx';

export interface Problem {
  readonly errors: readonly FieldError[];
  readonly fault: Fault | undefined;
}
