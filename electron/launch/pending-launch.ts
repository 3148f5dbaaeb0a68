/**
 * Holds one launch, in memory alone, until a signed-in user follows or dismisses it; it is gone when its time is up. To
 * follow is to trace the patient on PDS, and no more: CP-IS is asked by the user, on the screen that this ends at (H4).
 *
 * A launch belongs to one user (H14): to the user who is signed in or is to come back when it arrives; where there is
 * none, to the one sign-in that is under way or begins next. When that sign-in comes to nothing, so does the launch.
 */
import { bornOnAnotherDay, type Fault, makeFault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { TraceOutcome } from '../../shared/outcome.ts';
import type { SessionView } from '../../shared/session.ts';
import type { OpenPatient } from '../clinical/patient-lookup.ts';
import { type LaunchLink, type PatientContext, parseLaunchLink } from './launch-link.ts';

export interface PendingLaunch {
  /** A link has come. It takes the place of an earlier one; one for the patient who is open changes nothing. */
  receive(link: string): void;
  view(): LaunchView;
  follow(id: string): Promise<TraceOutcome>;
  dismiss(): void;
  /** To be called at each change of the session, before the page is told of it. */
  sessionChanged(state: SessionView['state'], before: SessionView['state']): void;
  /** The page has ended, and with it what it asked for: a launch that is being followed opens no patient behind the new page. */
  pageLost(): void;
  /** The computer was locked, sleeps or changes its user: a launch that belongs to nobody yet is dropped. */
  systemLocked(): void;
}

/** What the issuer of a one-time code says of it. */
export type Redeemed =
  | { readonly kind: 'context'; readonly context: PatientContext }
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface PendingLaunchDependencies {
  readonly now: () => number;
  readonly newId: () => string;
  /** The Care Identity user id of who is signed in. */
  readonly userId: () => string | undefined;
  /** The same of who is signed in, or has locked, changes role, or whose session has ended. */
  readonly lastUserId: () => string | undefined;
  /** The patient on the screen. */
  readonly openPatient: () => OpenPatient | undefined;
  /** The policy `launchCodesOnly`: a link that holds the patient's details is refused. */
  readonly codesOnly: boolean;
  readonly redeem: (code: string, issuer: string | undefined) => Promise<Redeemed>;
  /** Traces the patient on PDS; another date of birth there is a fault (H3). */
  readonly trace: (context: PatientContext) => Promise<TraceOutcome>;
  readonly onChange: (view: LaunchView) => void;
}

type KnownLink = Exclude<LaunchLink, { kind: 'unknown' }>;

interface Waiting {
  readonly kind: 'waiting';
  readonly id: string;
  readonly link: KnownLink;
  /** The user id of the user whom it belongs to; `undefined`: to the sign-in that is under way or begins next. */
  readonly owner: string | undefined;
  readonly arrivedAt: number;
  readonly goodUntil: number;
}

/** A code is redeemed while a patient is open, to find out whether it is for the same one. */
interface Redeeming {
  readonly kind: 'redeeming';
  readonly code: string;
  /** It takes so long that the page is told: the patient on the screen may be another (H3). */
  isSlow: boolean;
}

type State =
  | { readonly kind: 'none' }
  | Waiting
  | Redeeming
  | { readonly kind: 'refused'; readonly fault: Fault };

/** How long a launch waits for a sign-in to begin, and for one to end. */
const longestUnclaimedMs = 3 * 60_000;
const longestWaitMs = 10 * 60_000;
/** A patient who stays on the screen for longer than this after a launch could be taken for the one asked for. */
const slowRedemptionMs = 500;
/** By how much the clocks of two computers may differ. */
const clockToleranceMs = 60_000;
/** Under this system a practitioner's id is the Care Identity user id. */
const userIdSystem = 'https://fhir.nhs.uk/Id/sds-user-id';

export function createPendingLaunch(dependencies: PendingLaunchDependencies): PendingLaunch {
  const { now, newId, userId, lastUserId, openPatient, codesOnly, redeem, trace, onChange } = dependencies;
  let state: State = { kind: 'none' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let signInRuns = false;
  /** Counts what ends a launch that is being followed: a change of the session, the end of the page. */
  let ends = 0;
  /** Being traced on PDS now. */
  let following: KnownLink | undefined;
  /** The code that the open patient was launched with, which cannot be redeemed a second time. */
  let used: { readonly code: string; readonly context: string } | undefined;

  function become(next: State): void {
    clearTimeout(timer);
    const shown = view();
    state = next;
    if (next.kind === 'waiting') {
      timer = setTimeout(
        () => become({ kind: 'refused', fault: refusal(tooLate) }),
        Math.max(0, next.goodUntil - now()),
      );
      timer.unref?.();
    }
    if (shown.kind !== 'none' || view().kind !== 'none') onChange(view());
  }

  function view(): LaunchView {
    switch (state.kind) {
      case 'waiting':
        return { kind: 'waiting', id: state.id };
      case 'redeeming':
        return state.isSlow ? { kind: 'redeeming' } : { kind: 'none' };
      case 'none':
      case 'refused':
        return state;
    }
  }

  const refusal = (words: Words): Fault => makeFault('launch-refused', newId(), words);
  const refuse = (words: Words): void => become({ kind: 'refused', fault: refusal(words) });

  /** `undefined`: it may be followed now. */
  function untimely({ notBefore, notAfter }: PatientContext): Fault | undefined {
    if (notAfter !== undefined && now() > notAfter + clockToleranceMs) return refusal(tooLate);
    return notBefore !== undefined && now() < notBefore - clockToleranceMs ? refusal(tooEarly) : undefined;
  }

  function receive(text: string): void {
    const link = parseLaunchLink(text);
    switch (link.kind) {
      case 'unknown':
        refuse(notUnderstood);
        break;
      case 'patient':
        if (codesOnly) refuse(onlyCodes);
        else receivePatient(link);
        break;
      case 'code':
        receiveCode(link);
    }
  }

  function receiveCode(link: Extract<KnownLink, { kind: 'code' }>): void {
    const open = openPatient();
    const isOnItsWay =
      (following?.kind === 'code' && following.code === link.code) ||
      (state.kind === 'redeeming' && state.code === link.code);
    if (isOnItsWay) return;
    if (open === undefined) hold(link);
    else if (used?.code === link.code && used.context === open.context) become({ kind: 'none' });
    else void redeemNow(link);
  }

  /** While a patient is open, to find out whether the code is for the same one. */
  async function redeemNow(link: Extract<KnownLink, { kind: 'code' }>): Promise<void> {
    const redeeming: Redeeming = { kind: 'redeeming', code: link.code, isSlow: false };
    become(redeeming);
    timer = setTimeout(() => {
      redeeming.isSlow = true;
      onChange(view());
    }, slowRedemptionMs);
    timer.unref?.();
    const found = await redeem(link.code, link.issuer);
    // Another link has come, or the user has gone.
    if (state !== redeeming) return;
    if (found.kind === 'failed') {
      become({ kind: 'refused', fault: found.fault });
      return;
    }
    const patient = receivePatient({ kind: 'patient', context: found.context });
    if (patient !== undefined) used = { code: link.code, context: patient.context };
  }

  /** Gives the patient who is open, where it is this one: then there is nothing to do. */
  function receivePatient(link: Extract<KnownLink, { kind: 'patient' }>): OpenPatient | undefined {
    const { context } = link;
    const fault = untimely(context) ?? (userId() === undefined ? undefined : someoneElse(context));
    const open = openPatient();
    if (fault !== undefined) become({ kind: 'refused', fault });
    else if (open?.nhsNumbers.includes(context.nhsNumber) === true) {
      if (open.birthDate === context.birthDate) {
        become({ kind: 'none' });
        return open;
      }
      // H3: the number alone does not make the patient the same.
      refuse(bornOnAnotherDay);
    } else if (following?.kind !== 'patient' || !isSame(following.context, context)) hold(link);
    return undefined;
  }

  function hold(link: KnownLink): void {
    const [owner, arrivedAt] = [lastUserId(), now()];
    become({
      kind: 'waiting',
      id: newId(),
      link,
      owner,
      arrivedAt,
      goodUntil: goodUntil(link, arrivedAt, owner !== undefined || signInRuns),
    });
  }

  function goodUntil(link: KnownLink, arrivedAt: number, isClaimed: boolean): number {
    const ownLimit = link.kind === 'patient' ? link.context.notAfter : undefined;
    const limit = arrivedAt + (isClaimed ? longestWaitMs : longestUnclaimedMs);
    return ownLimit === undefined ? limit : Math.min(limit, ownLimit + clockToleranceMs);
  }

  async function follow(id: string): Promise<TraceOutcome> {
    if (state.kind !== 'waiting' || state.id !== id) return couldNot(refusal(tooLate));
    const { link, owner } = state;
    // A computer that slept past the end ran no timer.
    const isLate = now() > state.goodUntil;
    // Whatever comes of it, a launch is followed once.
    become({ kind: 'none' });
    if (isLate) return couldNot(refusal(tooLate));
    if (owner !== undefined && owner !== userId()) return couldNot(refusal(anotherPerson));
    following = link;
    try {
      return await followNow(link);
    } finally {
      if (following === link) following = undefined;
    }
  }

  async function followNow(link: KnownLink): Promise<TraceOutcome> {
    const before = ends;
    const found: Redeemed =
      link.kind === 'patient'
        ? { kind: 'context', context: link.context }
        : await redeem(link.code, link.issuer);
    if (found.kind === 'failed') return couldNot(found.fault);
    // H14: the code took its time, and the user or the page has gone, whether or not the same user has come back.
    if (before !== ends) return couldNot(refusal(tooLate));
    const fault = untimely(found.context) ?? someoneElse(found.context);
    if (fault !== undefined) return couldNot(fault);
    const outcome = await trace(found.context);
    if (link.kind === 'code' && outcome.kind === 'traced') {
      used = { code: link.code, context: outcome.patient.context };
    }
    return outcome;
  }

  /** H14: two people at one workstation, one in each application. */
  function someoneElse({ practitioner }: PatientContext): Fault | undefined {
    if (practitioner?.system !== userIdSystem || practitioner.value === userId()) return undefined;
    return refusal(anotherPerson);
  }

  /** The same link that comes again is then a new launch. */
  function endFollowing(): void {
    ends += 1;
    following = undefined;
  }

  function sessionChanged(after: SessionView['state'], before: SessionView['state']): void {
    endFollowing();
    signInRuns = after === 'signing-in' || after === 'choosing-role' || after === 'unlocking';
    // The user for whom it is redeemed is not signed in any more.
    if (state.kind === 'redeeming' && after !== 'signed-in') become({ kind: 'none' });
    if (state.kind !== 'waiting') return;
    const { link, owner, arrivedAt } = state;
    switch (after) {
      case 'signed-out':
        if (before === 'signing-in' || before === 'choosing-role') refuse(notFinished);
        else become({ kind: 'none' });
        break;
      case 'signed-in':
        if (owner !== undefined && owner !== userId()) become({ kind: 'none' });
        break;
      case 'signing-in':
        if (owner === undefined) become({ ...state, goodUntil: goodUntil(link, arrivedAt, true) });
        break;
      case 'choosing-role':
      case 'locked':
      case 'unlocking':
        break;
    }
  }

  return {
    receive,
    view,
    follow,
    dismiss() {
      if (state.kind !== 'none') become({ kind: 'none' });
    },
    sessionChanged,
    pageLost: endFollowing,
    systemLocked() {
      if (state.kind === 'waiting' && state.owner === undefined) become({ kind: 'none' });
    },
  };
}

function isSame(a: PatientContext, b: PatientContext): boolean {
  return a.nhsNumber === b.nhsNumber && a.birthDate === b.birthDate;
}

function couldNot(fault: Fault): TraceOutcome {
  return { kind: 'could-not-trace', fault };
}

type Words = NonNullable<Parameters<typeof makeFault>[2]>;

const notUnderstood: Words = {
  happened: 'Your record system sent a link that cannot be followed safely.',
};
const onlyCodes: Words = {
  happened:
    "Your record system sent the patient's details in a link, and this site follows only one-time launch codes.",
  action: 'Find the patient here, and tell your IT service desk.',
};
const tooLate: Words = { happened: "Your record system's link was too old to be followed." };
const tooEarly: Words = { happened: "Your record system's link is not valid yet." };
const notFinished: Words = {
  happened:
    'The patient from your record system does not wait any more, because the sign-in was not finished.',
  action: 'Sign in, then open the patient in the record system again.',
};
const anotherPerson: Words = {
  happened: 'Another person than you is at work in the record system on this computer.',
  action: 'Check who is signed in to the record system, then open the patient there again.',
};
