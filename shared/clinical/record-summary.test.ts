import { describe, expect, test } from 'vitest';
import type { CarePlanView, PlanStatus, PlanType } from './cp-is.ts';
import { summariseRecords } from './record-summary.ts';

const record = (type: PlanType, status: PlanStatus, end = 'No end date'): CarePlanView => ({
  type,
  title: 'A title',
  status,
  statusText: 'A status',
  start: { short: '', long: '' },
  end: { short: end, long: end },
  localAuthority: '',
  officeHours: [],
  emergencyDutyTeam: [],
  otherContacts: [],
});

const plan = record('child-protection-plan', 'current');
const ended = record('looked-after-child', 'ended', '27-Sep-2026');

describe('H6, H11: the summary line', () => {
  test.each([
    ['one', [plan], '1 current: child protection plan.'],
    ['a current and an ended one', [plan, ended], '1 current: child protection plan. 1 ended 27-Sep-2026.'],
    [
      'two current ones of two kinds',
      [plan, record('looked-after-child', 'current')],
      '2 current: child protection plan, looked after child.',
    ],
    ['two of one kind', [plan, plan], '2 current: child protection plan.'],
    ['an ended one alone', [ended], 'No current record. 1 ended 27-Sep-2026.'],
    ['two ended ones', [ended, ended], 'No current record. 2 ended.'],
    ['one that has not started', [record('other', 'future')], 'No current record. 1 not yet started.'],
    [
      'an unclear one',
      [record('other', 'unknown'), ended],
      '1 unclear: another kind of record. 1 ended 27-Sep-2026.',
    ],
    [
      'the plan of an unborn child (H8)',
      [record('unborn-child-protection-plan', 'current')],
      "1 current: unborn child's protection plan.",
    ],
  ])('%s', (_name, records, line) => {
    expect(summariseRecords(records, false)).toBe(line);
  });
});
