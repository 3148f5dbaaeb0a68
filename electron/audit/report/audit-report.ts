/**
 * A report as it is written in each format: every count of people is here as it is shown, so that no format can show more.
 */
import { describeFaultKind } from '../../../shared/fault.ts';
import {
  type ClockChange,
  clockChanges,
  type Day,
  dayNumber,
  dayOf,
  type ReportTimeZone,
} from './local-time.ts';
import { fewest, type NumbersShown, type ShownCount, shownCount } from './small-numbers.ts';
import { spanOf, sumBy, type TimeUnit, timeUnits } from './time-units.ts';
import type { TrailRead } from './trails.ts';
import { type Counts, type FailedStep, isAnswer, type Usage } from './usage.ts';
import type { Waits } from './waits.ts';

export interface AuditReport {
  readonly madeAt: Date;
  readonly timeZone: ReportTimeZone;
  readonly numbers: NumbersShown;
  /** The days that were asked for, or else those of the first and the last entry. `undefined`: no entry. */
  readonly period: { readonly first: Day; readonly last: Day } | undefined;
  /** The days of the first and the last entry in it. */
  readonly entriesSpan: Usage['days'];
  readonly clockChanges: readonly ClockChange[];
  readonly trails: TrailsRead;
  readonly users: ShownCount;
  readonly workstations: number;
  readonly checks: Checks;
  readonly failures: readonly Failure[];
  readonly foundToAnswer: ShownWaits;
  readonly askedToAnswer: ShownWaits;
  readonly paper: Paper;
}

export interface TrailsRead {
  readonly count: number;
  readonly entries: number;
  /** In the order in which they were read; `number` from 1 on. */
  readonly notWhole: readonly { readonly number: number; readonly problems: readonly string[] }[];
}

export interface CountRow {
  readonly name: string;
  readonly count: ShownCount;
}

export interface Checks {
  readonly total: ShownCount;
  readonly repeated: ShownCount;
  readonly notSent: ShownCount;
  /** Every day of the period; without those of no check where the period is very long. */
  readonly byDay: readonly { readonly day: Day; readonly count: ShownCount }[];
  /** The same in the unit that can be drawn. */
  readonly overTime: {
    readonly unit: TimeUnit;
    readonly rows: readonly { readonly start: Day; readonly count: ShownCount }[];
  };
  readonly byHour: readonly ShownCount[];
  /** From 20:00 to 07:00. */
  readonly outOfHours: ShownCount;
  readonly byOrganisation: readonly CountRow[];
  readonly byRole: readonly CountRow[];
  readonly byCareSetting: readonly CareSettingRow[];
  readonly byOutcome: readonly CountRow[];
  readonly withoutAnswer: ShownCount;
  readonly notified: ShownCount;
  readonly mayHaveNotified: ShownCount;
}

export interface CareSettingRow {
  readonly name: string;
  readonly total: ShownCount;
  readonly outcomes: readonly CountRow[];
}

export interface Failure {
  readonly step: FailedStep;
  readonly kind: string;
  /** The sentence that the user saw. */
  readonly sentence: string;
  readonly count: ShownCount;
}

export interface ShownWaits {
  readonly answers: ShownCount;
  /** `undefined` of too few answers. */
  readonly medianSeconds: number | undefined;
  readonly p95Seconds: number | undefined;
}

export interface Paper {
  /** Numbers and other pieces of text. */
  readonly copied: ShownCount;
  readonly recordCopied: ShownCount;
  readonly printed: ShownCount;
  readonly printsSent: ShownCount;
  readonly printsCancelled: ShownCount;
  readonly printsFailed: ShownCount;
  readonly pdfsSaved: ShownCount;
  readonly unrecordedCopies: ShownCount;
}

/** They have a column also where there were none. */
const knownOutcomes = ['found', 'no-record', 'denied', 'could-not-check'];
const knownCareSettings = ['unscheduled', 'scheduled'];
const outOfHours = (hour: number) => hour >= 20 || hour < 7;
const mostDaysShown = 3_660;
const mostBars = 62;
const fewestBars = 8;

export interface ReportSource {
  readonly usage: Usage;
  readonly trails: readonly TrailRead[];
  readonly timeZone: ReportTimeZone;
  readonly numbers: NumbersShown;
  readonly since: Day | undefined;
  readonly until: Day | undefined;
  readonly madeAt: Date;
}

/** Where `since` or `until` is `undefined`: the day of the first or the last entry. */
export function makeReport(source: ReportSource): AuditReport {
  const { usage, trails, timeZone, numbers, since, until, madeAt } = source;
  const shown = (count: number) => shownCount(count, numbers);
  const first = since ?? usage.days?.first;
  const last = until ?? usage.days?.last;
  const period = first === undefined || last === undefined || first > last ? undefined : { first, last };
  return {
    madeAt,
    timeZone,
    numbers,
    period,
    entriesSpan: usage.days,
    clockChanges: period === undefined || timeZone === 'UTC' ? [] : clockChanges(period.first, period.last),
    trails: {
      count: trails.length,
      entries: trails.reduce((sum, { newEntries }) => sum + newEntries, 0),
      notWhole: trails.flatMap(({ problems }, index) =>
        problems.length === 0 ? [] : [{ number: index + 1, problems }],
      ),
    },
    users: shown(usage.users),
    workstations: usage.workstations,
    checks: checksOf(usage, period, shown),
    failures: failuresOf(usage, shown),
    foundToAnswer: waitsOf(usage.foundToAnswer, numbers),
    askedToAnswer: waitsOf(usage.askedToAnswer, numbers),
    paper: {
      copied: shown(usage.byEvent.get('copied') ?? 0),
      recordCopied: shown(usage.byEvent.get('record-copied') ?? 0),
      printed: shown(usage.byEvent.get('print') ?? 0),
      printsSent: shown(usage.printOutcomes.get('sent') ?? 0),
      printsCancelled: shown(usage.printOutcomes.get('cancelled') ?? 0),
      printsFailed: shown(usage.printOutcomes.get('failed') ?? 0),
      pdfsSaved: shown(usage.pdfOutcomes.get('saved') ?? 0),
      unrecordedCopies: shown(usage.byEvent.get('unrecorded-copy-removed') ?? 0),
    },
  };
}

type Shown = (count: number) => ShownCount;

function checksOf(usage: Usage, period: AuditReport['period'], shown: Shown): Checks {
  const settings = inOrder(usage.byCareSetting.keys(), knownCareSettings);
  const outcomes = inOrder(
    [...usage.byCareSetting.values()].flatMap((counts) => [...counts.keys()]),
    knownOutcomes,
  );
  const countOf = (setting: string, outcome: string) => usage.byCareSetting.get(setting)?.get(outcome) ?? 0;
  return {
    total: shown(sum(usage.byDay.values())),
    repeated: shown(usage.repeated),
    notSent: shown(usage.notSent),
    byDay: daysOf(usage, period).map((day) => ({ day, count: shown(usage.byDay.get(day) ?? 0) })),
    overTime: overTimeOf(usage, period, shown),
    byHour: usage.byHour.map(shown),
    outOfHours: shown(sum(usage.byHour.filter((_count, hour) => outOfHours(hour)))),
    byOrganisation: rowsOf(usage.byOrganisation, shown),
    byRole: rowsOf(usage.byRole, shown),
    byCareSetting: settings.map((name) => ({
      name,
      total: shown(sum(usage.byCareSetting.get(name)?.values() ?? [])),
      outcomes: outcomes.map((outcome) => ({ name: outcome, count: shown(countOf(name, outcome)) })),
    })),
    byOutcome: outcomes.map((outcome) => ({
      name: outcome,
      count: shown(sum(settings.map((setting) => countOf(setting, outcome)))),
    })),
    withoutAnswer: shown(
      sum(
        outcomes
          .filter((outcome) => !isAnswer(outcome))
          .flatMap((outcome) => settings.map((setting) => countOf(setting, outcome))),
      ),
    ),
    notified: shown(usage.byNotification.get('sent') ?? 0),
    mayHaveNotified: shown(usage.byNotification.get('unknown') ?? 0),
  };
}

function failuresOf(usage: Usage, shown: Shown): readonly Failure[] {
  return [...usage.failures]
    .flatMap(([step, kinds]) =>
      rowsOf(kinds, shown).map(({ name, count }) => ({
        step,
        kind: name,
        sentence: describeFaultKind(name),
        count,
      })),
    )
    .sort((one, other) => rank(other.count) - rank(one.count));
}

/** A count from 1 to 7 by the middle. */
const rank = (count: ShownCount) => (count === 'few' ? fewest / 2 : count);

/** The largest first; where what is shown is the same, by name, so that the order shows no more than the numbers. */
function rowsOf(counts: Counts, shown: Shown): readonly CountRow[] {
  return [...counts]
    .map(([name, count]) => ({ name, count: shown(count) }))
    .sort((one, other) => rank(other.count) - rank(one.count) || compareText(one.name, other.name));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** The known names in their order, and behind them the others. */
function inOrder(names: Iterable<string>, known: readonly string[]): readonly string[] {
  return [...new Set([...known, ...[...names].sort(compareText)])];
}

function daysOf(usage: Usage, period: AuditReport['period']): readonly Day[] {
  if (period === undefined) return [];
  const [first, last] = [dayNumber(period.first), dayNumber(period.last)];
  if (last - first >= mostDaysShown) return [...usage.byDay.keys()].sort(compareText);
  return Array.from({ length: last - first + 1 }, (_each, index) => dayOf(first + index));
}

/** The finest unit that gives no more bars than fit, and of which most are more than "from 1 to 7". */
function overTimeOf(usage: Usage, period: AuditReport['period'], shown: Shown): Checks['overTime'] {
  if (period === undefined) return { unit: 'day', rows: [] };
  const { first, last } = period;
  for (const unit of timeUnits) {
    if (unit !== 'year' && spanOf(unit, first, last) > mostBars) continue;
    const rows = sumBy(unit, usage.byDay, period).map(({ start, count }) => ({ start, count: shown(count) }));
    const some = rows.filter(({ count }) => count !== 0);
    const few = some.filter(({ count }) => count === 'few');
    const isCoarse = unit === 'year' || spanOf(unit, first, last) < fewestBars;
    if (isCoarse || few.length * 2 <= some.length) return { unit, rows: rows.slice(-mostBars) };
  }
  return { unit: 'year', rows: [] };
}

function waitsOf(waits: Waits, numbers: NumbersShown): ShownWaits {
  const isShown = numbers === 'exact' || waits.count() >= fewest;
  return {
    answers: shownCount(waits.count(), numbers),
    medianSeconds: isShown ? waits.quantileSeconds(0.5) : undefined,
    p95Seconds: isShown ? waits.quantileSeconds(0.95) : undefined,
  };
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
