import {
  type ClinicListOutcome,
  type ClinicListProgress,
  type ClinicListRow,
  type ClinicListStart,
  type ClinicListView,
  isLeft,
  type OpenedRow,
} from '../../../shared/clinic-list.ts';
import { type ClinicListLine, readClinicList } from '../../../shared/clinical/clinic-list.ts';
import {
  formatDate,
  formatUkDateTime,
  formatUkTime,
  parseFhirDate,
  ukDate,
} from '../../../shared/clinical/clinical-date.ts';
import { formatNhsNumber, type NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientView } from '../../../shared/clinical/patient.ts';
import { elapsedMs, type Moment } from '../../../shared/elapsed.ts';
import { clinicListDetails } from '../../../shared/fault.ts';
import type { CheckedOutcome } from '../../../shared/outcome.ts';
import type { RecordContext } from '../check-record.ts';
import { checkOutcomeEntry, traceOutcomeEntry } from '../lookup-entries.ts';
import { openPatientOf, type PatientLookup, type TracedPatient } from '../patient-lookup.ts';
import { createRecordedRequests, type RecordedRequestsDependencies } from '../recorded-requests.ts';
import { composeList } from './list-text.ts';
import { createPace, type Hold } from './pace.ts';

export interface ClinicListDependencies extends RecordedRequestsDependencies {
  readonly lookup: Pick<PatientLookup, 'openKept' | 'refuseScheduled' | 'underWay'>;
  readonly requestsPerSecond: number;
  readonly monotonicMs: () => number;
  readonly onChange: (view: ClinicListView | undefined) => void;
  /** Called when a list is dropped, before the next begins. */
  readonly onClosed: () => void;
}

export type Steering = 'pause' | 'continue' | 'stop' | 'close';

export interface ClinicList {
  view(): ClinicListView | undefined;
  start(text: string): ClinicListStart;
  steer(to: Steering): void;
  /** Makes a row's patient the one on the screen, with the kept answer. Sends nothing. */
  open(line: number): OpenedRow;
  /** The list as text, to be pasted; `undefined`: there is none. */
  text(context: RecordContext): string | undefined;
  /** A notice of a lock has begun or ended: while it runs, the list is paused (H14). */
  noticeChanged(runs: boolean): void;
  /** An object of its own for each list. */
  current(): object | undefined;
  /** H10: ends every request, and drops the list. */
  clear(): void;
}

interface Item {
  readonly line: ClinicListLine;
  outcome: ClinicListOutcome;
  result?: {
    readonly patient: TracedPatient;
    readonly view: PatientView;
    readonly outcome: CheckedOutcome;
    readonly answeredAt: Moment;
  };
}

interface RunningList {
  readonly abort: AbortController;
  readonly items: readonly Item[];
  /** On the patients that have their outcome. */
  spentMs: number;
  progress: 'running' | 'paused' | 'stopped' | 'finished';
  heldBy?: Hold | undefined;
}

/**
 * Checks the patients of a clinic list one after another, in scheduled care alone. Each is traced, must have the list's date of
 * birth (H3), and is then checked by one silent read; both requests are recorded as those of a single lookup are. The results
 * are in the memory of this process until the list is closed, the viewer locks or the user signs out (H10).
 */
export function createClinicList(dependencies: ClinicListDependencies): ClinicList {
  const { lookup, now, monotonicMs, audit, permissions, onChange, onClosed } = dependencies;
  let list: RunningList | undefined;
  let noticeRuns = false;

  const pace = createPace({
    ...dependencies,
    singleCheck: lookup.underWay,
    onHeld(by) {
      if (list === undefined) return;
      list.heldBy = by;
      changed();
    },
  });
  const requests = createRecordedRequests({ ...dependencies, fetch: pace.fetch, wait: pace.wait });

  const changed = (): void => onChange(view());
  const applyPause = (): void => pace.setPaused(noticeRuns || list?.progress === 'paused');
  const moment = (): Moment => ({ wallMs: now().getTime(), monotonicMs: monotonicMs() });

  function view(): ClinicListView | undefined {
    const heldBy = list?.heldBy;
    return list && { progress: progressOf(list), rows: list.items.map((item) => rowOf(item, heldBy)) };
  }

  function progressOf({ progress, heldBy, items, spentMs }: RunningList): ClinicListProgress {
    switch (progress) {
      case 'running': {
        if (noticeRuns) return { kind: 'paused' };
        if (typeof heldBy === 'object') return { kind: 'held', until: formatUkTime(heldBy.until) };
        const left = items.filter(isLeft);
        const asked = items.filter(({ line }) => line.kind === 'patient').length - left.length;
        const eachMs = asked === 0 ? 0 : spentMs / asked + pace.gapMs;
        return { kind: 'running', leftMs: left.length * Math.max(eachMs, requestsEach * pace.gapMs) };
      }
      case 'paused':
      case 'stopped':
      case 'finished':
        return { kind: progress };
    }
  }

  /** False also once the session has ended, as when the viewer quits: what is not sent any more is not recorded either. */
  async function turn(signal: AbortSignal): Promise<boolean> {
    return (await pace.turn(signal)) && permissions() !== undefined;
  }

  async function checkAll(running: RunningList): Promise<void> {
    const { signal } = running.abort;
    for (const item of running.items) {
      const { line } = item;
      if (line.kind === 'problem') continue;
      if (!(await turn(signal))) return;
      const beganAt = now().getTime();
      item.outcome = { kind: 'checking' };
      changed();
      const outcome = await checkLine(item, line, signal).catch(
        (): ClinicListOutcome => ({ kind: 'could-not-check', fault: requests.fault('internal') }),
      );
      if (signal.aborted) return;
      item.outcome = outcome;
      running.spentMs += now().getTime() - beganAt;
      changed();
    }
    running.progress = 'finished';
    applyPause(); // a pause during the last line does not hold the next list
    changed();
  }

  async function checkLine(
    item: Item,
    { nhsNumber, bornOn }: Extract<ClinicListLine, { kind: 'patient' }>,
    signal: AbortSignal,
  ): Promise<ClinicListOutcome> {
    const traced = await requests.recordOutcome(
      () => requests.trace({ nhsNumber }, 'clinic-list', signal),
      (outcome) => traceOutcomeEntry(outcome, audit.encrypt),
    );
    switch (traced.kind) {
      case 'not-found':
        return { kind: 'by-hand', why: traced.fault.happened };
      case 'could-not-trace':
        return { kind: 'could-not-check', fault: traced.fault };
      case 'traced':
        break;
    }
    // H3: a gap is no match. Who has this number is not shown.
    if (traced.birthDate !== bornOn) return { kind: 'by-hand', why: clinicListDetails.bornOnAnotherDay };
    const patient = openPatientOf(nhsNumber, traced);
    if (!(await turn(signal))) return { kind: 'not-checked' };
    const checked = await requests.recordOutcome(
      () =>
        requests.check({ nhsNumber: patient.nhsNumber, careSetting: 'scheduled', repeat: 'first' }, signal),
      checkOutcomeEntry,
    );
    if (!('retrieval' in checked)) {
      const fault = 'fault' in checked ? checked.fault : requests.fault('internal');
      return { kind: 'could-not-check', fault };
    }
    if (!signal.aborted) {
      item.result = { patient, view: traced.patient, outcome: checked, answeredAt: moment() };
    }
    return outcomeOf(checked);
  }

  function stop(): void {
    if (list === undefined || !isUnderWay(list)) return;
    list.abort.abort();
    list.progress = 'stopped';
    applyPause();
    for (const item of list.items) {
      if (isLeft(item)) item.outcome = { kind: 'not-checked' };
    }
  }

  function clear(): void {
    if (list === undefined) return;
    stop();
    list = undefined;
    onClosed();
  }

  return {
    view,
    start(text) {
      const refusal =
        list !== undefined && isUnderWay(list)
          ? requests.fault('request-refused', clinicListDetails.running)
          : lookup.refuseScheduled();
      if (refusal !== undefined) return { kind: 'not-started', fault: refusal };
      const read = readClinicList(text, ukDate(now()));
      if (read.kind === 'refused') return read;
      clear();
      list = {
        abort: new AbortController(),
        items: read.lines.map((line): Item => ({ line, outcome: firstOutcome(line) })),
        spentMs: 0,
        progress: 'running',
      };
      changed();
      void checkAll(list);
      return { kind: 'started' };
    },
    steer(to) {
      switch (to) {
        case 'pause':
        case 'continue':
          if (list === undefined || !isUnderWay(list)) return;
          list.progress = to === 'pause' ? 'paused' : 'running';
          applyPause();
          break;
        case 'stop':
          stop();
          break;
        case 'close':
          clear();
      }
      changed();
    },
    open(line) {
      const item = list?.items.find((each) => each.line.line === line);
      const result = item?.result;
      if (item === undefined || result === undefined)
        return { kind: 'gone', fault: requests.fault('patient-changed') };
      lookup.openKept({
        patient: result.patient,
        outcome: result.outcome,
        onChecked(outcome) {
          item.result = { ...result, outcome, answeredAt: moment() };
          item.outcome = outcomeOf(outcome);
          changed();
        },
      });
      const ageMs = elapsedMs(result.answeredAt, moment());
      return { kind: 'opened', patient: result.view, outcome: result.outcome, ageMs };
    },
    noticeChanged(runs) {
      if (runs === noticeRuns) return;
      noticeRuns = runs;
      applyPause();
      if (list !== undefined) changed();
    },
    text(context) {
      const shown = view();
      return shown && composeList(shown, now(), context);
    },
    current: () => list,
    clear,
  };
}

function isUnderWay({ progress }: RunningList): boolean {
  return progress === 'running' || progress === 'paused';
}

/** A trace and a check. */
const requestsEach = 2;

function firstOutcome(line: ClinicListLine): ClinicListOutcome {
  return line.kind === 'problem' ? { kind: 'by-hand', why: line.problem } : { kind: 'waiting' };
}

function outcomeOf(checked: CheckedOutcome): ClinicListOutcome {
  switch (checked.kind) {
    case 'found':
      return { kind: 'found', warned: checked.warned };
    case 'no-record':
      return { kind: 'no-record' };
    case 'denied':
    case 'could-not-check':
      return { kind: checked.kind, fault: checked.fault };
  }
}

/** While the next request is held, nothing is checked: a patient who has been found waits for the check. */
function rowOf({ line, outcome, result }: Item, heldBy: Hold | undefined): ClinicListRow {
  const banner = result?.patient.banner;
  const shown = banner && { name: banner.name, born: banner.born, nhsNumber: banner.nhsNumber };
  return {
    line: line.line,
    patient:
      line.kind === 'problem'
        ? { text: line.text }
        : (shown ?? { name: undefined, ...asWritten(line.nhsNumber, line.bornOn) }),
    notes: result === undefined ? [] : noteKinds(result),
    outcome: outcome.kind === 'checking' && heldBy !== undefined ? { kind: 'waiting' } : outcome,
    at: result && formatUkDateTime(new Date(result.outcome.retrieval.retrievedAt)),
    opens: result !== undefined,
  };
}

function noteKinds({ view, outcome }: NonNullable<Item['result']>): ClinicListRow['notes'] {
  const kinds = view.notes.map(({ kind }) => kind);
  // H20
  return outcome.retrieval.clockInDoubt && !kinds.includes('clock-doubted')
    ? [...kinds, 'clock-doubted']
    : kinds;
}

function asWritten(nhsNumber: NhsNumber, bornOn: string) {
  const born = parseFhirDate(bornOn);
  const none = { short: '', long: '' };
  return { born: born === undefined ? none : formatDate(born), nhsNumber: formatNhsNumber(nhsNumber) };
}
