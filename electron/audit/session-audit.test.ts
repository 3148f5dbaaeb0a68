import { describe, expect, test } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { SessionView } from '../../shared/session.ts';
import { createSessionAudit } from './session-audit.ts';
import type { Actor } from './trail-event.ts';

const user = { name: 'NURSE, Nora', role: 'Nurse', organisation: 'Testing NHS Trust' };
const allowed = { kind: 'allowed' } as const;
const permissions = { findPatient: allowed, unscheduled: allowed, scheduled: allowed };
const nora: Actor = {
  userId: '999999910000',
  roleId: '999999910001',
  role: user.role,
  organisation: user.organisation,
};
const fault = makeFault('sign-in-failed', 'abc');

const signedOut: SessionView = { state: 'signed-out', lastFault: undefined };
const refused: SessionView = { state: 'signed-out', lastFault: fault };
const signingIn: SessionView = { state: 'signing-in' };
const choosing: SessionView = { state: 'choosing-role', userName: 'Nora Synthetic', roles: [] };
const signedIn: SessionView = {
  state: 'signed-in',
  user,
  permissions,
  timeLeftMs: 36_000_000,
  hasOtherRoles: false,
  signingInAgain: false,
  lastFault: undefined,
};
const signingInAgain: SessionView = { ...signedIn, signingInAgain: true };
const locked: SessionView = { state: 'locked', user, lastFault: undefined };
const unlocking: SessionView = { state: 'unlocking', user };
const stillLocked: SessionView = { state: 'locked', user, lastFault: fault };

/** The entries of a session that goes through these states. */
function trailOf(...views: readonly SessionView[]) {
  const audit = createSessionAudit();
  let before = signedOut;
  return views.flatMap((view) => {
    const entry = audit(view, before, view.state === 'signed-in' ? nora : undefined);
    before = view;
    return entry === undefined ? [] : [{ ...entry.event, by: entry.actor?.userId }];
  });
}

describe('the session in the trail', () => {
  const by = nora.userId;
  const in_ = { event: 'signed-in', purpose: 'sign-in', by };
  const unlocked = { event: 'signed-in', purpose: 'unlock', by };
  const left = { event: 'signed-out', fault: null, by };
  const ended = { ...left, fault: { kind: 'sign-in-failed', reference: 'abc' } };
  const lock = { event: 'locked', by };
  const failed = { event: 'sign-in-failed', fault: { kind: 'sign-in-failed', reference: 'abc' } };

  test.each([
    ['a sign-in', [signingIn, signedIn], [in_]],
    ['a sign-in with a choice of role', [signingIn, choosing, signedIn], [in_]],
    ['a refused sign-in', [signingIn, refused], [{ ...failed, purpose: 'sign-in', by: undefined }]],
    ['a sign-in that was given up', [signingIn, signedOut], []],
    ['a sign-out', [signingIn, signedIn, signedOut], [in_, left]],
    [
      'a session that was ended for the user, a refused sign-in, and a sign-out without a user',
      [signingIn, signedIn, stillLocked, unlocking, stillLocked, signedOut],
      [in_, ended, { ...failed, purpose: 'unlock', by: undefined }],
    ],
    ['a lock and an unlock', [signingIn, signedIn, locked, unlocking, signedIn], [in_, lock, unlocked]],
    [
      'a refused unlock, then a sign-out',
      [signingIn, signedIn, locked, unlocking, stillLocked, signedOut],
      [in_, lock, { ...failed, purpose: 'unlock', by }, left],
    ],
    [
      'a change of role',
      [signingIn, signedIn, signingIn, choosing, signedIn],
      [in_, { event: 'signed-in', purpose: 'change-role', by }],
    ],
    [
      'a change of role that failed',
      [signingIn, signedIn, signingIn, stillLocked, unlocking, signedIn],
      [in_, { ...failed, purpose: 'change-role', by }, unlocked],
    ],
    [
      'a lock in the middle of a change of role',
      [signingIn, signedIn, signingIn, locked, unlocking, locked],
      [in_, lock],
    ],
    [
      'a sign-out in the middle of a change of role',
      [signingIn, signedIn, signingIn, signedOut],
      [in_, left],
    ],
    [
      'a sign-in before the session ends, and one that was refused',
      [signingIn, signedIn, signingInAgain, signedIn, signingInAgain, { ...signedIn, lastFault: fault }],
      [
        in_,
        { event: 'signed-in', purpose: 'sign-in-again', by },
        { ...failed, purpose: 'sign-in-again', by },
      ],
    ],
    [
      'another user in the place of the one who signs in again',
      [signingIn, signedIn, signingInAgain, stillLocked],
      [in_, ended],
    ],
  ] as const)('%s', (_name, views, expected) => expect(trailOf(...views)).toEqual(expected));
});
