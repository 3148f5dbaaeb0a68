import { describe, expect, test } from 'vitest';
import type { AccessView } from '../../shared/clinical/cp-is.ts';
import type { PatientView } from '../../shared/clinical/patient.ts';
import type { Moment } from '../../shared/elapsed.ts';
import { makeFault } from '../../shared/fault.ts';
import type { CareSetting, CheckOutcome, HistoryOutcome } from '../../shared/outcome.ts';
import { patient as anyPatient, plan, retrieval } from '../../shared/testing/synthetic.ts';
import {
  type CheckRequest,
  initialLookup,
  type LookupEvent,
  type LookupState,
  nextLookup,
} from './lookup.ts';

const at = (ms: number): Moment => ({ wallMs: ms, monotonicMs: ms });

const patient = (context: string): PatientView => ({ ...anyPatient, context });

const question = (id: number, context: string, careSetting: CareSetting = 'unscheduled'): CheckRequest => ({
  id,
  context,
  careSetting,
});

const noRecord = { kind: 'no-record', retrieval } as const;

const found: CheckOutcome = { kind: 'found', retrieval, warned: false, history: 'ask', plans: [plan] };

const run = (...events: readonly LookupEvent[]): LookupState => events.reduce(nextLookup, initialLookup);

const asked = (...given: Parameters<typeof question>): LookupEvent => ({
  type: 'asked',
  question: question(...given),
});
const answered = (id: number, outcome: CheckOutcome, now = at(5)): LookupEvent => ({
  type: 'answered',
  question: question(id, 'amy'),
  outcome,
  now,
});
const historyOf = (checkId: string, from: number, outcome: HistoryOutcome): LookupEvent => ({
  type: 'history-answered',
  checkId,
  from,
  outcome,
});
const failed = { kind: 'could-not-read', fault: makeFault('offline', 'r-1') } as const;

const traced = (context: string): LookupEvent => ({ type: 'patient-traced', patient: patient(context) });

test('an answer to the question that was asked is shown', () => {
  const lookup = run(traced('amy'), asked(1, 'amy'), answered(1, noRecord));
  expect(lookup).toMatchObject({ question: undefined, answer: { outcome: noRecord, age: 'fresh' } });
});

test('H3: an answer about a patient who has been left is dropped', () => {
  const late = answered(1, noRecord);
  const left = run(traced('amy'), asked(1, 'amy'), { type: 'patient-left' }, late);
  expect(left.at).toBe('no-patient');
  const next = run(
    traced('amy'),
    asked(1, 'amy'),
    { type: 'patient-left' },
    traced('ben'),
    asked(2, 'ben'),
    late,
  );
  expect(next).toMatchObject({ question: { id: 2 }, answer: undefined });
});

test('H3: an answer to a question that is no longer awaited is dropped', () => {
  const lookup = run(traced('amy'), asked(2, 'amy'), answered(1, noRecord));
  expect(lookup).toMatchObject({ question: { id: 2 }, answer: undefined });
});

const askedBefore = { at: '2026-11-23T14:32:00Z', clock: 'services' } as const;

test('H4: a repeat is offered, not asked, when the main process wants a fresh yes', () => {
  const lookup = run(
    traced('amy'),
    asked(1, 'amy'),
    answered(1, { kind: 'confirm-repeat', askedBefore, about: 'this-patient' }),
  );
  expect(lookup).toMatchObject({
    question: undefined,
    answer: undefined,
    repeatOffer: { careSetting: 'unscheduled', askedBefore },
  });
});

test.each([
  ['unscheduled', true],
  ['scheduled', false],
] as const)(
  'H5: leaving while a question in %s care is on its way is remembered: %s',
  (setting, remembered) => {
    const lookup = run(traced('amy'), asked(1, 'amy', setting), { type: 'patient-left' });
    expect(lookup).toEqual({ at: 'no-patient', leftUnanswered: remembered });
  },
);

test('H15: the history of a found record waits, and is taken only for the answer it belongs to', () => {
  const shown = run(traced('amy'), asked(1, 'amy'), answered(1, found));
  expect(shown).toMatchObject({ answer: { history: { kind: 'waiting', checkId: 'check-1' } } });
  const other = nextLookup(shown, historyOf('check-0', 0, failed));
  expect(other).toBe(shown);
  const own = nextLookup(shown, historyOf('check-1', 1, failed));
  expect(own).toMatchObject({ answer: { outcome: found, history: { kind: 'answered', outcome: failed } } });
});

describe('a history that comes in parts', () => {
  const access = (name: string): AccessView => ({
    at: { short: '01-Jan-2026', long: '1 January 2026' },
    atSortKey: '2026-01-01',
    name,
    role: 'Not recorded',
    organisation: 'Not recorded',
  });
  const part = (from: number, ...names: readonly string[]) =>
    historyOf('check-1', from, {
      kind: 'read',
      history: { accesses: names.map(access), total: 3, incomplete: undefined },
    });
  const retrieval = [traced('amy'), asked(1, 'amy'), answered(1, found)] as const;

  test('is joined, each part once', () => {
    expect(run(...retrieval, part(0, 'a', 'b'), part(2, 'c'), part(2, 'c'))).toMatchObject({
      answer: {
        history: {
          outcome: { history: { accesses: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], total: 3 } },
        },
      },
    });
  });

  test('H15: is none when a part of it cannot be had, and begins anew when it is asked for again', () => {
    const broken = run(...retrieval, part(0, 'a'), historyOf('check-1', 1, failed));
    expect(broken).toMatchObject({ answer: { history: { outcome: failed } } });
    const again = [{ type: 'history-asked', checkId: 'check-1' } as const, part(0, 'b')].reduce(
      nextLookup,
      broken,
    );
    expect(again).toMatchObject({
      answer: { history: { outcome: { history: { accesses: [{ name: 'b' }] } } } },
    });
  });
});

test('H12: a stale answer stays hidden while CP-IS is asked again, and the new answer is shown', () => {
  const stale = run(
    traced('amy'),
    asked(1, 'amy'),
    answered(1, noRecord),
    { type: 'became-stale' },
    asked(2, 'amy'),
  );
  expect(stale).toMatchObject({ answer: { age: 'stale' } });
  const renewed = nextLookup(stale, answered(2, noRecord, at(9)));
  expect(renewed).toMatchObject({ answer: { age: 'fresh', shownSince: at(9) } });
});

test.each([
  [600_000, 'stale'],
  [599_999, 'fresh'],
] as const)('H12: an answer that a clinic list has kept for %i ms is %s from the first', (ageMs, age) => {
  const kept = {
    patient: patient('amy'),
    outcome: noRecord,
    ageMs,
    staleAfterMs: 600_000,
    now: at(1_000_000),
  };
  expect(run({ type: 'kept-opened', ...kept })).toMatchObject({
    answer: { age, shownSince: at(1_000_000 - ageMs) },
  });
});
