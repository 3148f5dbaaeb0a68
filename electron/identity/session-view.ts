import type { SessionView } from '../../shared/session.ts';
import type { SessionState } from './session-state.ts';

/** The session as the screens see it: without tokens, user ids and activity codes. `uptimeMs`: now, by the clock of its end. */
export function viewOf(state: SessionState, uptimeMs: number): SessionView {
  switch (state.kind) {
    case 'signed-out':
      return { state: 'signed-out', lastFault: state.lastFault };
    case 'signing-in':
      return { state: 'signing-in' };
    case 'choosing-role':
      return {
        state: 'choosing-role',
        userName: state.userName,
        roles: state.roles.map(({ id, name, organisation }) => ({ id, role: name, organisation })),
      };
    case 'signed-in': {
      const { user, permissions, hasOtherRoles, endsAtUptimeMs } = state.person;
      const timeLeftMs = Math.max(0, endsAtUptimeMs - uptimeMs);
      const { lastFault } = state;
      const signingInAgain = state.renewal !== undefined;
      return {
        state: 'signed-in',
        user,
        permissions,
        timeLeftMs,
        hasOtherRoles,
        signingInAgain,
        lastFault,
      };
    }
    case 'locked':
      return { state: 'locked', user: state.previousUser.user, lastFault: state.lastFault };
    case 'unlocking':
      return { state: 'unlocking', user: state.previousUser.user };
  }
}
