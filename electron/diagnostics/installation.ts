import type { PolicyRead } from '../settings/policy/read-policy.ts';
import type { FormerRun } from './former-run.ts';

export interface LoadedPolicy extends PolicyRead {
  /** The places that were read and the result of each, for the support team. */
  readonly source: string;
}

export interface Installation {
  readonly version: string;
  readonly electron: string;
  /** A sentence about the user's settings file; `undefined` without a problem. */
  readonly settingsNotice: string | undefined;
  readonly policy: LoadedPolicy;
  readonly formerRun: FormerRun;
}
