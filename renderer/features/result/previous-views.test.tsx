import { describe, expect, test } from 'vitest';
import type { AccessView } from '../../../shared/clinical/cp-is.ts';
import type { HistoryOutcome } from '../../../shared/outcome.ts';
import { plan } from '../../../shared/testing/synthetic.ts';
import type { HistoryState } from '../../state/lookup.ts';
import { answerOf, drawResult, fault, foundWith } from '../../testing/draw-result.tsx';

describe('H15: the history has a state of its own', () => {
  const withHistory = (history: HistoryState) => drawResult(answerOf(foundWith([plan]), { history })).text;
  const answered = (outcome: HistoryOutcome): HistoryState => ({
    kind: 'answered',
    checkId: 'check-1',
    outcome,
  });
  const read = (accesses: readonly AccessView[] = [], total = accesses.length, incomplete?: string) =>
    answered({ kind: 'read', history: { accesses, total, incomplete } });
  const access: AccessView = {
    at: { short: '23-Nov-2026 14:32', long: '23 November 2026 at 14:32' },
    atSortKey: '2026-11-23T14:32:00.000Z',
    name: 'Nora Synthetic',
    role: 'Nurse Access Role',
    organisation: 'SYNTHETIC GENERAL HOSPITAL',
  };

  test('one that could not be read is said, and the plan stands', () => {
    const text = withHistory(answered({ kind: 'could-not-read', fault }));
    expect(text).toContain('The history could not be read. The records above do not depend on it.');
    expect(text).toContain(fault.reference);
    expect(text).toContain(plan.localAuthority);
    expect(text).not.toContain('No earlier checks are recorded.');
  });

  test('one that is not all there says so', () => {
    const incomplete = 'Part of the access history could not be read.';
    const text = withHistory(read([], 0, incomplete));
    expect(text).toContain(incomplete);
    expect(text).not.toContain('No earlier checks are recorded.');
  });

  test('one that is read says what it can hold at most', () => {
    expect(withHistory(read())).toContain(
      'The last 25 checks in unscheduled care. This check may be included. No earlier checks are recorded.',
    );
  });

  test('the entry that is this check for certain is marked', () => {
    const text = withHistory(read([{ ...access, isThisCheck: true }, access]));
    expect(text).toContain('This check is included.');
    expect(text.match(/Nora Synthetic This check Nurse/g)).toHaveLength(1);
  });

  test('one of a scheduled check does not speak of a view of one’s own', () => {
    const answer = answerOf(foundWith([plan]), { careSetting: 'scheduled', history: read() });
    expect(drawResult(answer).text).toContain(
      'The last 25 checks in unscheduled care. No earlier checks are recorded.',
    );
  });

  test('one that is shown in part says so', () => {
    expect(withHistory(read([access], 2))).toContain('The last 1 of 2 checks are shown. Show more checks');
    expect(withHistory(read([access], 1))).not.toContain('Show more checks');
  });

  test('one that the service does not keep is said', () => {
    expect(withHistory({ kind: 'not-offered' })).toContain(
      'This service does not show who has checked before.',
    );
  });

  test('one that is awaited holds nothing up', () => {
    const text = withHistory({ kind: 'waiting', checkId: 'check-1' });
    expect(text).toContain('Reading who has checked before');
    expect(text).toContain(plan.localAuthority);
  });
});
