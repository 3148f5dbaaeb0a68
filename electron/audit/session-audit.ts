import type { SessionView } from '../../shared/session.ts';
import { recorded } from './audit.ts';
import type { Actor, AuditEvent, SignInPurpose } from './trail-event.ts';

export interface SessionEntry {
  readonly event: AuditEvent;
  readonly actor: Actor | null;
}

type SignedInView = Extract<SessionView, { state: 'signed-in' }>;

/** `actor`: the user who is signed in after the change. */
export type SessionAudit = (
  view: SessionView,
  before: SessionView,
  actor: Actor | undefined,
) => SessionEntry | undefined;

/** Derives the entries of the trail from the changes of the session, one change after the other. */
export function createSessionAudit(): SessionAudit {
  /** The last signed-in user who has not signed out. */
  let lastUser: Actor | null = null;
  let purpose: SignInPurpose = 'sign-in';

  function describe(view: SessionView, before: SessionView): AuditEvent | undefined {
    switch (view.state) {
      case 'signing-in':
        purpose = before.state === 'signed-in' ? 'change-role' : 'sign-in';
        return undefined;
      case 'unlocking':
        purpose = 'unlock';
        return undefined;
      case 'choosing-role':
        return undefined;
      case 'signed-in':
        return before.state === 'signed-in' ? signedInAgain(view, before) : { event: 'signed-in', purpose };
      case 'locked':
        if (view.lastFault === undefined) {
          // A cancelled unlock leaves the viewer locked, which is recorded already.
          return before.state !== 'signed-in' && purpose === 'unlock' ? undefined : { event: 'locked' };
        }
        // A session that ends without the user leaves the viewer locked.
        return before.state === 'signed-in' ? signedOut(view) : failure(view);
      case 'signed-out': {
        const isAttempt = before.state === 'signing-in' || before.state === 'choosing-role';
        if (isAttempt && view.lastFault !== undefined) return failure(view);
        return lastUser === null ? undefined : signedOut(view);
      }
    }
  }

  /** Begun, and then come to its end with a fault or without one. */
  function signedInAgain(view: SignedInView, before: SignedInView): AuditEvent | undefined {
    if (view.signingInAgain || !before.signingInAgain) return undefined;
    const { lastFault } = view;
    return lastFault === undefined
      ? { event: 'signed-in', purpose: 'sign-in-again' }
      : { event: 'sign-in-failed', purpose: 'sign-in-again', fault: recorded(lastFault) };
  }

  function failure({ lastFault }: Extract<SessionView, { lastFault: unknown }>): AuditEvent | undefined {
    return lastFault && { event: 'sign-in-failed', purpose, fault: recorded(lastFault) };
  }

  function signedOut({ lastFault }: Extract<SessionView, { lastFault: unknown }>): AuditEvent {
    return { event: 'signed-out', fault: lastFault === undefined ? null : recorded(lastFault) };
  }

  return (view, before, actor) => {
    const event = describe(view, before);
    if (actor !== undefined) lastUser = actor;
    const entry = event && { event, actor: actor ?? lastUser };
    if (view.state === 'signed-out' || event?.event === 'signed-out') lastUser = null;
    return entry;
  };
}
