import type { CarePlanView, PlanStatus, PlanType } from './cp-is.ts';

const names: Readonly<Record<PlanType, string>> = {
  'child-protection-plan': 'child protection plan',
  'looked-after-child': 'looked after child',
  // H8
  'unborn-child-protection-plan': "unborn child's protection plan",
  other: 'another kind of record',
};

/**
 * One line that says what an answer holds, before its cards: "1 current: child protection plan. 1 ended." (H6, H11). It says
 * "No current record" only where that is certain: a record with unclear dates may be in force.
 * `mayBeMore`: these may not be all records.
 */
export function summariseRecords(records: readonly CarePlanView[], mayBeMore: boolean): string {
  const of = (status: PlanStatus) => records.filter((record) => record.status === status);
  const [current, unclear, future, ended] = [of('current'), of('unknown'), of('future'), of('ended')];
  return [
    ...(current.length > 0 ? [`${current.length} current: ${namesOf(current)}.`] : []),
    ...(unclear.length > 0 ? [`${unclear.length} unclear: ${namesOf(unclear)}.`] : []),
    ...(current.length + unclear.length === 0 && !mayBeMore ? ['No current record.'] : []),
    ...(future.length > 0 ? [`${future.length} not yet started.`] : []),
    ...(ended.length > 0 ? [describeEnded(ended)] : []),
  ].join(' ');
}

/** Each kind once, in the order of the cards. */
function namesOf(records: readonly CarePlanView[]): string {
  return [...new Set(records.map(({ type }) => names[type]))].join(', ');
}

function describeEnded(ended: readonly CarePlanView[]): string {
  const [only, ...others] = ended;
  return only !== undefined && others.length === 0 ? `1 ended ${only.end.short}.` : `${ended.length} ended.`;
}
