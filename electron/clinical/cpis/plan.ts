/** Turns the facts of a plan, of either wire format, into the text of the plan's card. */

import { parseFhirDate, sortKey } from '../../../shared/clinical/clinical-date.ts';
import type { CarePlanView, PlanStatus } from '../../../shared/clinical/cp-is.ts';
import { type Concept, type ContactPoint, type Period, unreadable } from '../fhir/elements.ts';
import { statusOnDay } from '../fhir/period-status.ts';
import type { Today } from '../today.ts';
import { readContacts } from './contacts.ts';
import { describeDate, notRecorded } from './describe-date.ts';
import { statusTexts } from './plan-status.ts';
import { readPlanHeadings } from './plan-type.ts';

export interface PlanFacts {
  readonly categories: readonly Concept[];
  readonly period: Period;
  /** The service's own code for a record that is not in force: `inactive`, `entered-in-error` … */
  readonly withdrawn: string | undefined;
  readonly localAuthority: string | undefined;
  readonly telecoms: readonly ContactPoint[];
}

interface SortablePlan {
  readonly plan: CarePlanView;
  readonly start: string;
}

/** Describes every plan of every record: current plans first, then the newest start first within each group. */
export function describePlans(
  facts: readonly PlanFacts[],
  today: Today,
): readonly [CarePlanView, ...CarePlanView[]] | undefined {
  const [first, ...rest] = facts
    .flatMap((fact) => describeFact(fact, today))
    .toSorted((a, b) => rank[a.plan.status] - rank[b.plan.status] || compare(b.start, a.start))
    .map(({ plan }) => plan);
  return first === undefined ? undefined : [first, ...rest];
}

/** H6 */
const rank: Readonly<Record<PlanStatus, number>> = { current: 0, future: 1, unknown: 1, ended: 2 };

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function describeFact(fact: PlanFacts, today: Today): readonly SortablePlan[] {
  const { period } = fact;
  const start = period.start === undefined ? undefined : parseFhirDate(period.start);
  const shared = {
    ...describeStatus(fact, today),
    start: describeDate(period.start, notRecorded),
    // H6: without a start nothing says that the end is open.
    end: describeDate(period.end, period.start === undefined ? notRecorded : 'No end date'),
    localAuthority: fact.localAuthority ?? notRecorded,
    ...readContacts(fact.telecoms, today),
  };
  return readPlanHeadings(fact.categories).map((heading) => ({
    plan: { ...heading, ...shared },
    start: start === undefined ? '' : sortKey(start),
  }));
}

function describeStatus(
  { period, withdrawn }: PlanFacts,
  [day, ...otherDays]: Today,
): Pick<CarePlanView, 'status' | 'statusText'> {
  const status = statusOnDay(period, day);
  if (otherDays.some((other) => statusOnDay(period, other) !== status)) {
    return { status: 'unknown', statusText: clockText }; // H20
  }
  // A withdrawn record whose dates say that it runs is a contradiction: only a date makes a plan "ended" (H6).
  return withdrawn !== undefined && status !== 'ended'
    ? { status: 'unknown', statusText: unclearText(withdrawn) }
    : { status, statusText: statusTexts[status] };
}

const clockText = "Unclear: this computer's clock may be wrong";

/** Writes the service's code in words: `entered-in-error` means nothing to a clinician. */
function unclearText(withdrawn: string): string {
  if (withdrawn === unreadable) return 'Unclear: the status of this record could not be read';
  return `Unclear: the service marks this record as ${withdrawn.replaceAll('-', ' ')}`;
}
