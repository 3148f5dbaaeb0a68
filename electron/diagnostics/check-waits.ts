/**
 * How long the last checks of CP-IS took, for a service desk that is told of a slow viewer. Says nothing of a patient
 * or an answer.
 */
import { formatUkTime } from '../../shared/clinical/clinical-date.ts';
import type { CheckOutcome } from '../../shared/outcome.ts';

export interface CheckWaits {
  /** Runs the check and keeps how long it took, where CP-IS was asked. */
  measure(check: () => Promise<CheckOutcome>): Promise<CheckOutcome>;
  /** `14:32 0.4 s, 14:30 10.0 s (could not check)`, the newest first; UK time. */
  describe(): string;
}

interface Wait {
  readonly checkId: string;
  readonly at: Date;
  readonly ms: number;
  readonly couldCheck: boolean;
}

const mostWaits = 5;

/** `monotonicMs`: rises also where the computer's clock is set. */
export function createCheckWaits(now: () => Date, monotonicMs: () => number): CheckWaits {
  let waits: readonly Wait[] = [];
  return {
    async measure(check) {
      const [at, startedMs] = [now(), monotonicMs()];
      const outcome = await check();
      if (!('retrieval' in outcome)) return outcome;
      const { checkId } = outcome.retrieval;
      // Two clicks share one check.
      if (waits.some((wait) => wait.checkId === checkId)) return outcome;
      const wait = {
        checkId,
        at,
        ms: monotonicMs() - startedMs,
        couldCheck: outcome.kind !== 'could-not-check',
      };
      waits = [wait, ...waits].slice(0, mostWaits);
      return outcome;
    },
    describe: () => (waits.length === 0 ? 'No check since the start' : waits.map(describeWait).join(', ')),
  };
}

function describeWait({ at, ms, couldCheck }: Wait): string {
  return `${formatUkTime(at)} ${(ms / 1_000).toFixed(1)} s${couldCheck ? '' : ' (could not check)'}`;
}
