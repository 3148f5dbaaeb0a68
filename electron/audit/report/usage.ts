/**
 * Counts what the entries of trails tell, one entry after the other. Of a check it keeps no more than until its outcome
 * comes, so that the memory grows with the number of different days, roles and organisations, and not with the trail.
 */
import type { Entry } from '../entry.ts';
import { createLocalClock, type Day, type LocalHour, type ReportTimeZone } from './local-time.ts';
import { readUsageEntry, type UsageEntry } from './usage-entry.ts';
import { createWaits, type Waits } from './waits.ts';

/** How often each name came. */
export type Counts = ReadonlyMap<string, number>;

/** The part of the work in which something failed. */
export type FailedStep = 'sign-in' | 'session' | 'find-patient' | 'check' | 'history' | 'print' | 'save-pdf';

export interface Usage {
  /** By the day and the hour in which the check was asked for. */
  readonly byDay: ReadonlyMap<Day, number>;
  readonly byHour: readonly number[];
  readonly byOrganisation: Counts;
  readonly byRole: Counts;
  /** The outcome behind the care setting. A check whose outcome is not in the trail: `noOutcome`. */
  readonly byCareSetting: ReadonlyMap<string, Counts>;
  readonly byNotification: Counts;
  readonly repeated: number;
  /** Questions of the user's that the viewer did not send. */
  readonly notSent: number;
  readonly failures: ReadonlyMap<FailedStep, Counts>;
  /** From the patient's being found to the answer; includes what the user does in between. */
  readonly foundToAnswer: Waits;
  readonly askedToAnswer: Waits;
  readonly byEvent: ReadonlyMap<UsageEntry['event'], number>;
  readonly printOutcomes: Counts;
  readonly pdfOutcomes: Counts;
  readonly users: number;
  readonly workstations: number;
  /** The days of the first and the last entry, in the order of the days. */
  readonly days: { readonly first: Day; readonly last: Day } | undefined;
}

export const noOutcome = 'no-outcome';

/** Whether the check came to an answer of CP-IS. */
export function isAnswer(outcome: string): boolean {
  return outcome === 'found' || outcome === 'no-record';
}

export interface UsageOptions {
  readonly timeZone: ReportTimeZone;
  /** Both days are included. */
  readonly since: Day | undefined;
  readonly until: Day | undefined;
}

export interface UsageRecorder {
  /** One for each trail, which takes its entries in their order. */
  beginTrail(): TrailRecorder;
  usage(): Usage;
}

export interface TrailRecorder {
  add(entry: Entry): void;
  /** Checks that still wait for their outcome have none. */
  end(): void;
}

type Query = Extract<UsageEntry, { event: 'cpis-query' }>;
type Outcome = Extract<UsageEntry, { event: 'cpis-outcome' }>;

/** A patient who was found, and whether an answer about them came. */
interface FoundPatient {
  readonly atMs: number;
  isAnswered: boolean;
}

interface OpenCheck {
  readonly careSetting: string;
  readonly isCounted: boolean;
  readonly askedAtMs: number;
  readonly patient: FoundPatient | undefined;
}

/** More than can wait for their outcomes in a run of the viewer. */
const mostOpenChecks = 1_000;

/** Takes the entries of a trail in their order, and counts those of the period. */
export function recordUsage({ timeZone, since, until }: UsageOptions): UsageRecorder {
  const localHourOf = createLocalClock(timeZone);
  const byDay = new Map<Day, number>();
  const byHour = Array.from({ length: 24 }, () => 0);
  const byOrganisation = new Map<string, number>();
  const byRole = new Map<string, number>();
  const byCareSetting = new Map<string, Map<string, number>>();
  const byNotification = new Map<string, number>();
  const byEvent = new Map<UsageEntry['event'], number>();
  const failures = new Map<FailedStep, Map<string, number>>();
  const printOutcomes = new Map<string, number>();
  const pdfOutcomes = new Map<string, number>();
  const foundToAnswer = createWaits();
  const askedToAnswer = createWaits();
  const users = new Set<string>();
  const workstations = new Set<string>();
  let repeated = 0;
  let notSent = 0;
  let days: Usage['days'];

  const isWanted = (day: Day) =>
    (since === undefined || day >= since) && (until === undefined || day <= until);

  function fail(step: FailedStep, { fault }: { readonly fault: { readonly kind: string } | null }): void {
    if (fault !== null) addTo(countsOf(failures, step), fault.kind);
  }

  function seen({ actor, workstation }: UsageEntry, day: Day): void {
    if (actor !== null) users.add(actor.userId);
    workstations.add(workstation);
    days = {
      first: days === undefined || day < days.first ? day : days.first,
      last: days === undefined || day > days.last ? day : days.last,
    };
  }

  function beginTrail(): TrailRecorder {
    const open = new Map<string, OpenCheck>();
    let patient: FoundPatient | undefined;

    function ask({ checkId, careSetting, repeat, actor }: Query, at: LocalHour, atMs: number): void {
      const isCounted = isWanted(at.day);
      if (open.size >= mostOpenChecks) end();
      open.set(checkId, { careSetting, isCounted, askedAtMs: atMs, patient });
      if (!isCounted) return;
      addTo(byDay, at.day);
      byHour[at.hour] = (byHour[at.hour] ?? 0) + 1;
      addTo(byOrganisation, actor?.organisation ?? '');
      addTo(byRole, actor?.role ?? '');
      if (repeat === 'again') repeated += 1;
    }

    function answer(outcome: Outcome, atMs: number): void {
      const check = outcome.checkId === null ? undefined : open.get(outcome.checkId);
      if (outcome.checkId === null || check === undefined) return;
      open.delete(outcome.checkId);
      if (!check.isCounted) return;
      addTo(countsOf(byCareSetting, check.careSetting), outcome.outcome);
      addTo(byNotification, outcome.notification);
      fail('check', outcome);
      if (isAnswer(outcome.outcome)) measure(check, atMs);
    }

    /** Of a patient the first answer alone: a later one is late because the user asked late. */
    function measure({ askedAtMs, patient: found }: OpenCheck, atMs: number): void {
      // A negative time: the workstation's clock was set back in between.
      if (atMs >= askedAtMs) askedToAnswer.add(atMs - askedAtMs);
      if (found === undefined || found.isAnswered) return;
      found.isAnswered = true;
      if (atMs >= found.atMs) foundToAnswer.add(atMs - found.atMs);
    }

    function end(): void {
      for (const { careSetting, isCounted } of open.values())
        if (isCounted) addTo(countsOf(byCareSetting, careSetting), noOutcome);
      open.clear();
    }

    function add(raw: Entry): void {
      const entry = readUsageEntry(raw);
      const atMs = Date.parse(raw.at);
      if (entry === undefined || Number.isNaN(atMs)) return;
      const at = localHourOf(atMs);
      // A check belongs to the day on which it was asked for, also where its outcome came on the next.
      if (entry.event === 'started') {
        end();
        patient = undefined;
      }
      if (entry.event === 'cpis-query' && entry.query === 'check') ask(entry, at, atMs);
      if (entry.event === 'cpis-outcome' && entry.query === 'check') answer(entry, atMs);
      if (entry.event === 'patient-trace' || entry.event === 'patient-search') patient = undefined;
      if (entry.event === 'patient-trace-outcome' && entry.outcome === 'traced')
        patient = { atMs, isAnswered: false };
      if (!isWanted(at.day)) return;
      seen(entry, at.day);
      count(entry);
    }

    return { add, end };
  }

  /** Counts what stands in one entry alone. */
  function count(entry: UsageEntry): void {
    addTo(byEvent, entry.event);
    switch (entry.event) {
      case 'sign-in-failed':
        fail('sign-in', entry);
        break;
      case 'signed-out':
        fail('session', entry);
        break;
      case 'patient-trace-outcome':
      case 'patient-search-outcome':
        // A patient whom PDS does not have is an answer.
        if (entry.outcome.startsWith('could-not')) fail('find-patient', entry);
        break;
      case 'cpis-outcome':
        if (entry.query === 'history') fail('history', entry);
        if (entry.outcome !== 'not-asked') break;
        notSent += 1;
        fail('check', entry);
        break;
      case 'print-outcome':
        addTo(printOutcomes, entry.outcome);
        fail('print', entry);
        break;
      case 'save-pdf-outcome':
        addTo(pdfOutcomes, entry.outcome);
        fail('save-pdf', entry);
        break;
    }
  }

  return {
    beginTrail,
    usage: () => ({
      byDay,
      byHour,
      byOrganisation,
      byRole,
      byCareSetting,
      byNotification,
      repeated,
      notSent,
      failures,
      foundToAnswer,
      askedToAnswer,
      byEvent,
      printOutcomes,
      pdfOutcomes,
      users: users.size,
      workstations: workstations.size,
      days,
    }),
  };
}

function addTo<Name>(counts: Map<Name, number>, name: Name): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function countsOf<Name>(groups: Map<Name, Map<string, number>>, name: Name): Map<string, number> {
  const counts = groups.get(name) ?? new Map<string, number>();
  groups.set(name, counts);
  return counts;
}
