/**
 * Holds one launch, in memory alone, until a signed-in user follows or dismisses it; it is gone when its time is up. To
 * follow is to trace the patient on PDS, and no more: CP-IS is asked by the user, on the screen that this ends at (H4).
 */
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { TraceOutcome } from '../../shared/outcome.ts';
import { type LaunchLink, type PatientContext, parseLaunchLink } from './launch-link.ts';

export interface LaunchDesk {
  /** A link has come. It takes the place of an earlier one. */
  receive(link: string): void;
  view(): LaunchView;
  follow(id: string): Promise<TraceOutcome>;
  dismiss(): void;
}

/** What the issuer of a one-time code says of it. */
export type Redeemed =
  | { readonly kind: 'context'; readonly context: PatientContext }
  | { readonly kind: 'failed'; readonly fault: Fault };

export interface LaunchDeskDependencies {
  readonly now: () => number;
  readonly newId: () => string;
  /** The Care Identity user id of who is signed in. */
  readonly userId: () => string | undefined;
  readonly redeem: (code: string, issuer: string | undefined) => Promise<Redeemed>;
  /** Traces the patient on PDS; another date of birth there is a fault (H3). */
  readonly trace: (context: PatientContext) => Promise<TraceOutcome>;
  readonly onChange: (view: LaunchView) => void;
}

type KnownLink = Exclude<LaunchLink, { kind: 'unknown' }>;

type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting'; readonly id: string; readonly link: KnownLink }
  | { readonly kind: 'refused'; readonly fault: Fault };

/** How long a launch waits for a sign-in, whatever it says of itself. Milliseconds. */
const longestWait = 10 * 60_000;
/** By how much the clocks of two computers may differ. Milliseconds. */
const clockTolerance = 60_000;
/** Under this system a practitioner's id is the Care Identity user id. */
const userIdSystem = 'https://fhir.nhs.uk/Id/sds-user-id';

export function createLaunchDesk(dependencies: LaunchDeskDependencies): LaunchDesk {
  const { now, newId, userId, redeem, trace, onChange } = dependencies;
  let state: State = { kind: 'none' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: State): void {
    clearTimeout(timer);
    state = next;
    onChange(view());
  }

  function view(): LaunchView {
    return state.kind === 'waiting' ? { kind: 'waiting', id: state.id } : state;
  }

  const refusal = (words: Words): Fault => makeFault('launch-refused', newId(), words);

  /** `undefined`: it may be followed now. */
  function untimely({ notBefore, notAfter }: PatientContext): Fault | undefined {
    if (notAfter !== undefined && now() > notAfter + clockTolerance) return refusal(tooLate);
    return notBefore !== undefined && now() < notBefore - clockTolerance ? refusal(tooEarly) : undefined;
  }

  function receive(text: string): void {
    const link = parseLaunchLink(text);
    const fault = link.kind === 'patient' ? untimely(link.context) : undefined;
    if (link.kind === 'unknown') become({ kind: 'refused', fault: refusal(notUnderstood) });
    else if (fault !== undefined) become({ kind: 'refused', fault });
    else hold(link);
  }

  function hold(link: KnownLink): void {
    become({ kind: 'waiting', id: newId(), link });
    const ownLimit = link.kind === 'patient' ? link.context.notAfter : undefined;
    const limit = ownLimit === undefined ? longestWait : ownLimit + clockTolerance - now();
    timer = setTimeout(
      () => become({ kind: 'refused', fault: refusal(tooLate) }),
      Math.max(0, Math.min(limit, longestWait)),
    );
    timer.unref?.();
  }

  async function follow(id: string): Promise<TraceOutcome> {
    if (state.kind !== 'waiting' || state.id !== id) return couldNot(refusal(tooLate));
    const { link } = state;
    // Whatever comes of it, a launch is followed once.
    become({ kind: 'none' });
    const found: Redeemed =
      link.kind === 'patient'
        ? { kind: 'context', context: link.context }
        : await redeem(link.code, link.issuer);
    if (found.kind === 'failed') return couldNot(found.fault);
    const fault = untimely(found.context) ?? someoneElse(found.context);
    return fault === undefined ? trace(found.context) : couldNot(fault);
  }

  /** H14: two people at one workstation, one in each application. */
  function someoneElse({ practitioner }: PatientContext): Fault | undefined {
    if (practitioner?.system !== userIdSystem || practitioner.value === userId()) return undefined;
    return refusal(anotherPerson);
  }

  return {
    receive,
    view,
    follow,
    dismiss() {
      if (state.kind !== 'none') become({ kind: 'none' });
    },
  };
}

function couldNot(fault: Fault): TraceOutcome {
  return { kind: 'could-not-trace', fault };
}

type Words = NonNullable<Parameters<typeof makeFault>[2]>;

const notUnderstood: Words = {
  happened: 'Your record system sent a link that cannot be followed safely.',
};
const tooLate: Words = { happened: "Your record system's link was too old to be followed." };
const tooEarly: Words = { happened: "Your record system's link is not valid yet." };
const anotherPerson: Words = {
  happened: 'Another person than you is at work in the record system on this computer.',
  action: 'Check who is signed in to the record system, then open the patient there again.',
};
