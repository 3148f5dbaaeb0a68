import { type Fault, type FaultDetail, launchDetails, makeFault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { TraceOutcome } from '../../shared/outcome.ts';
import type { SessionView } from '../../shared/session.ts';
import type { OpenPatient } from '../clinical/patient-lookup.ts';
import { type LaunchLink, type PatientContext, parseLaunchLink, userIdSystem } from './launch-link.ts';
import { withOrganisation } from './other-organisation.ts';

export interface PendingLaunch {
  /**
   * Receives a link. It replaces an earlier one; for the open patient, unless a clinic list has opened that, it changes
   * nothing.
   */
  receive(link: string): void;
  view(): LaunchView;
  follow(id: string): Promise<TraceOutcome>;
  dismiss(): void;
  /** To be called at each change of the session, before the page receives the change. */
  sessionChanged(state: SessionView['state'], before: SessionView['state']): void;
  /** A notice of a lock has begun or ended. While it runs, a launch waits for its answer (H14). */
  noticeChanged(runs: boolean): void;
  /** The page has ended: a launch that is being followed opens no patient behind the new page. */
  pageLost(): void;
  /** The computer was locked, sleeps or changes its user: a launch without an owner is dropped. */
  systemLocked(): void;
}

/** The answer of a code's issuer, or of a record system. */
export type Redeemed =
  | { readonly kind: 'context'; readonly context: PatientContext }
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface PendingLaunchDependencies {
  /** Milliseconds since 1970. */
  readonly now: () => Date;
  readonly newId: () => string;
  readonly userId: () => string | undefined;
  /** The user id of the user who is signed in, has locked, changes role, or whose session has ended. */
  readonly lastUserId: () => string | undefined;
  readonly organisation: () => string | undefined;
  readonly openPatient: () => OpenPatient | undefined;
  /** The policy `launchCodesOnly`: a link that holds the patient's details is refused. */
  readonly codesOnly: boolean;
  /** Aborting `signal` ends it, and closes a page of the record system. Never rejects. */
  readonly redeem: (link: OneTimeLink, signal: AbortSignal) => Promise<Redeemed>;
  /** Traces the patient on PDS; another date of birth there is a fault (H3). */
  readonly trace: (context: PatientContext) => Promise<TraceOutcome>;
  readonly onChange: (view: LaunchView) => void;
}

type KnownLink = Exclude<LaunchLink, { kind: 'unknown' }>;
type PatientLink = Extract<LaunchLink, { kind: 'patient' }>;
/** Names no patient: can be redeemed once. */
export type OneTimeLink = Exclude<KnownLink, PatientLink>;

interface Waiting {
  readonly kind: 'waiting';
  readonly id: string;
  readonly link: KnownLink;
  /** The user id of the owner; `undefined`: the launch belongs to the sign-in that is in progress or begins next. */
  readonly owner: string | undefined;
  /** Both in milliseconds since 1970. */
  readonly arrivedAt: number;
  readonly expiresAt: number;
}

/** A link is redeemed while a patient is open, to find out whether it is for the same patient. */
interface Redeeming {
  readonly kind: 'redeeming';
  readonly link: OneTimeLink;
  readonly abort: AbortController;
  /** Redemption takes so long that the page must show it: the launch may be for another patient (H3). */
  isSlow: boolean;
}

type State =
  | { readonly kind: 'none' }
  | Waiting
  | Redeeming
  | { readonly kind: 'refused'; readonly fault: Fault };

/** How long a launch waits that names no limit of its own, or for which no sign-in has begun. */
const shortWaitMs = 3 * 60_000;
/** How long any other waits for a sign-in to end. */
const longestWaitMs = 10 * 60_000;
/** A user could take a patient who stays on the screen for longer than this for the patient of the launch. */
const slowRedemptionMs = 500;
/** The clocks of two computers may differ by this. */
const clockToleranceMs = 60_000;

/**
 * Holds one launch, in memory only, until a signed-in user follows or dismisses it, or it expires. Following a launch
 * traces the patient on PDS and does no more: the user checks CP-IS on the next screen (H4).
 *
 * A launch belongs to one user (H14): to the user who is signed in, or who has locked the viewer, when the launch arrives;
 * without such a user, to the sign-in that is in progress or begins next. When that sign-in fails, the launch ends too.
 */
export function createPendingLaunch(dependencies: PendingLaunchDependencies): PendingLaunch {
  const { now, newId, userId, lastUserId, organisation, openPatient, codesOnly, redeem, trace, onChange } =
    dependencies;
  let state: State = { kind: 'none' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let signInRuns = false;
  let noticeRuns = false;
  /** Counts what ends a launch that is being followed: a change of the session, the end of the page. */
  let ends = 0;
  /** The link whose patient is being found. */
  let following: { readonly link: KnownLink; readonly abort: AbortController } | undefined;
  /** The link that opened the current patient; it cannot be redeemed twice. */
  let redeemed: { readonly link: OneTimeLink; readonly context: string } | undefined;

  function setState(next: State): void {
    clearTimeout(timer);
    const shown = view();
    if (state.kind === 'redeeming') state.abort.abort();
    state = next;
    if (next.kind === 'waiting') {
      timer = setTimeout(
        () => setState({ kind: 'refused', fault: refusal(launchDetails.tooLate) }),
        Math.max(0, next.expiresAt - now().getTime()),
      );
      timer.unref?.();
    }
    if (shown.kind !== 'none' || view().kind !== 'none') onChange(view());
  }

  function view(): LaunchView {
    if (noticeRuns && isHeld(state)) return { kind: 'held' };
    switch (state.kind) {
      case 'waiting':
        return { kind: 'waiting', id: state.id, patient: isForOpenPatient(state.link) ? 'same' : 'other' };
      case 'redeeming':
        return state.isSlow ? { kind: 'redeeming' } : { kind: 'none' };
      case 'none':
      case 'refused':
        return state;
    }
  }

  const isForOpenPatient = (link: KnownLink): boolean =>
    link.kind === 'patient' && openPatient()?.nhsNumbers.includes(link.context.nhsNumber) === true;

  const refusal = (detail: FaultDetail): Fault => makeFault('launch-refused', newId(), detail);
  const refuse = (detail: FaultDetail): void => setState({ kind: 'refused', fault: refusal(detail) });

  /** Returns `undefined` where the launch may be followed now. */
  function checkTime({ notBefore, notAfter }: PatientContext): Fault | undefined {
    if (notAfter !== undefined && now().getTime() > notAfter + clockToleranceMs)
      return refusal(launchDetails.tooLate);
    return notBefore !== undefined && now().getTime() < notBefore - clockToleranceMs
      ? refusal(launchDetails.tooEarly)
      : undefined;
  }

  function receive(text: string): void {
    const link = parseLaunchLink(text);
    switch (link.kind) {
      case 'unknown':
        refuse(launchDetails.notUnderstood);
        break;
      case 'patient':
        if (codesOnly) refuse(launchDetails.onlyCodes);
        else take(link);
        break;
      case 'code':
      case 'smart':
        take(link);
    }
  }

  function take(link: KnownLink): void {
    // A code can be redeemed once, so what redeems it now goes on.
    if (link.kind !== 'patient' && isInProgress(link)) return;
    if (noticeRuns) hold(link);
    else if (link.kind === 'patient') receivePatient(link);
    else receiveOneTime(link);
  }

  function isInProgress(link: OneTimeLink): boolean {
    return (
      (following !== undefined && isSameOneTime(following.link, link)) ||
      (state.kind === 'redeeming' && isSameOneTime(state.link, link))
    );
  }

  function receiveOneTime(link: OneTimeLink): void {
    const open = openPatient();
    if (open === undefined) hold(link);
    else if (
      redeemed !== undefined &&
      isSameOneTime(redeemed.link, link) &&
      redeemed.context === open.context
    )
      setState({ kind: 'none' });
    else void redeemNow(link);
  }

  /** Redeems at once while a patient is open, to find out whether the link is for the same patient. */
  async function redeemNow(link: OneTimeLink): Promise<void> {
    const redeeming: Redeeming = { kind: 'redeeming', link, abort: new AbortController(), isSlow: false };
    setState(redeeming);
    timer = setTimeout(() => {
      redeeming.isSlow = true;
      onChange(view());
    }, slowRedemptionMs);
    timer.unref?.();
    const found = await redeem(link, redeeming.abort.signal);
    // Another link has arrived, or the session has changed.
    if (state !== redeeming) return;
    if (found.kind === 'failed') {
      setState({ kind: 'refused', fault: found.fault });
      return;
    }
    const patient = receivePatient({ kind: 'patient', context: found.context });
    if (patient !== undefined) redeemed = { link, context: patient.context };
  }

  /** Returns the open patient where the link is for the same patient, and nothing else is to be done. */
  function receivePatient(link: PatientLink): OpenPatient | undefined {
    const { context } = link;
    const fault = checkTime(context) ?? (userId() === undefined ? undefined : checkPractitioner(context));
    const open = openPatient();
    if (fault !== undefined) setState({ kind: 'refused', fault });
    else if (open !== undefined && isForOpenPatient(link)) {
      if (context.birthDate !== undefined && open.birthDate !== context.birthDate) {
        // H3: the number alone does not make the patient the same.
        refuse(launchDetails.bornOnAnotherDay);
      } else if (open.isFromList) {
        // The answer of a list is not the check that the record system asks for: after a yes the patient opens as by any launch.
        hold(link);
      } else {
        setState({ kind: 'none' });
        return open;
      }
    } else if (following?.link.kind !== 'patient' || !isSame(following.link.context, context)) hold(link);
    return undefined;
  }

  function hold(link: KnownLink): void {
    const [owner, arrivedAt] = [lastUserId(), now().getTime()];
    setState({
      kind: 'waiting',
      id: newId(),
      link,
      owner,
      arrivedAt,
      expiresAt: expiresAt(link, arrivedAt, owner !== undefined || signInRuns),
    });
  }

  function expiresAt(link: KnownLink, arrivedAt: number, isClaimed: boolean): number {
    const ownLimit = link.kind === 'patient' ? link.context.notAfter : undefined;
    const limit = arrivedAt + (isClaimed && ownLimit !== undefined ? longestWaitMs : shortWaitMs);
    return ownLimit === undefined ? limit : Math.min(limit, ownLimit + clockToleranceMs);
  }

  async function follow(id: string): Promise<TraceOutcome> {
    if (state.kind !== 'waiting' || state.id !== id) return couldNotTrace(refusal(launchDetails.tooLate));
    if (noticeRuns) return couldNotTrace(makeFault('not-confirmed', newId()));
    const { link, owner } = state;
    // The timer does not run while the computer sleeps.
    const isLate = now().getTime() > state.expiresAt;
    // A launch is followed once, whatever the outcome.
    setState({ kind: 'none' });
    if (isLate) return couldNotTrace(refusal(launchDetails.tooLate));
    if (owner !== undefined && owner !== userId()) return couldNotTrace(refusal(launchDetails.anotherPerson));
    const current = { link, abort: new AbortController() };
    // A later link takes the place of an earlier one, and of its page.
    following?.abort.abort();
    following = current;
    try {
      return await followNow(link, current.abort.signal);
    } finally {
      if (following === current) following = undefined;
    }
  }

  async function followNow(link: KnownLink, signal: AbortSignal): Promise<TraceOutcome> {
    const before = ends;
    const openBefore = openPatient()?.context;
    const found: Redeemed =
      link.kind === 'patient' ? { kind: 'context', context: link.context } : await redeem(link, signal);
    if (signal.aborted && before === ends) return couldNotTrace(makeFault('patient-changed', newId()));
    if (found.kind === 'failed') return couldNotTrace(found.fault);
    // H14: the session or the page has ended while the code was redeemed, even if the same user has come back.
    if (before !== ends) return couldNotTrace(refusal(launchDetails.tooLate));
    const openNow = openPatient()?.context;
    if (openNow !== undefined && openNow !== openBefore) {
      // H3: the user has meanwhile found another patient, whom only a yes closes.
      receivePatient({ kind: 'patient', context: found.context });
      return couldNotTrace(makeFault('patient-changed', newId()));
    }
    const fault = checkTime(found.context) ?? checkPractitioner(found.context);
    if (fault !== undefined) return couldNotTrace(fault);
    const outcome = withOrganisation(await trace(found.context), found.context.location, organisation());
    if (link.kind !== 'patient' && outcome.kind === 'traced')
      redeemed = { link, context: outcome.patient.context };
    return outcome;
  }

  /** H14: two users at one workstation, one in each application. */
  function checkPractitioner({ practitioner }: PatientContext): Fault | undefined {
    if (practitioner?.system !== userIdSystem || practitioner.value === userId()) return undefined;
    return refusal(launchDetails.anotherPerson);
  }

  /** The same link that comes again is then a new launch. */
  function endFollowing(): void {
    ends += 1;
    following?.abort.abort();
    following = undefined;
  }

  function sessionChanged(after: SessionView['state'], before: SessionView['state']): void {
    endFollowing();
    signInRuns = after === 'signing-in' || after === 'choosing-role' || after === 'unlocking';
    // The user who owns the link is no longer signed in.
    if (state.kind === 'redeeming' && after !== 'signed-in') setState({ kind: 'none' });
    if (state.kind !== 'waiting') return;
    const { link, owner, arrivedAt } = state;
    switch (after) {
      case 'signed-out':
        if (before === 'signing-in' || before === 'choosing-role') refuse(launchDetails.notFinished);
        else setState({ kind: 'none' });
        break;
      case 'signed-in':
        if (owner !== undefined && owner !== userId()) setState({ kind: 'none' });
        break;
      case 'signing-in':
        if (owner === undefined) setState({ ...state, expiresAt: expiresAt(link, arrivedAt, true) });
        break;
      case 'choosing-role':
      case 'locked':
      case 'unlocking':
        break;
    }
  }

  function noticeChanged(runs: boolean): void {
    if (runs === noticeRuns) return;
    noticeRuns = runs;
    // Once the session has ended, the next page asks.
    if (!isHeld(state) || userId() === undefined) return;
    if (runs || state.kind === 'redeeming') {
      onChange(view());
      return;
    }
    const { link, expiresAt } = state;
    // The timer did not run while a virtual machine was paused.
    if (now().getTime() > expiresAt) {
      refuse(launchDetails.tooLate);
      return;
    }
    setState({ kind: 'none' });
    take(link);
  }

  return {
    receive,
    view,
    follow,
    dismiss() {
      if (state.kind !== 'none') setState({ kind: 'none' });
    },
    sessionChanged,
    noticeChanged,
    pageLost: endFollowing,
    systemLocked() {
      if (state.kind === 'waiting' && state.owner === undefined) setState({ kind: 'none' });
    },
  };
}

function isHeld(state: State): state is Waiting | Redeeming {
  return state.kind === 'waiting' || state.kind === 'redeeming';
}

function isSame(a: PatientContext, b: PatientContext): boolean {
  return a.nhsNumber === b.nhsNumber && a.birthDate === b.birthDate;
}

function isSameOneTime(a: KnownLink, b: OneTimeLink): boolean {
  if (a.kind === 'smart') return b.kind === 'smart' && a.launch === b.launch && a.iss === b.iss;
  return a.kind === 'code' && b.kind === 'code' && a.code === b.code;
}

function couldNotTrace(fault: Fault): TraceOutcome {
  return { kind: 'could-not-trace', fault };
}
