/**
 * What follows a change of session and a lost page: the trail and the log have it, the idle lock runs or stops, the launches
 * hear of it, and with the user the patient goes, the clipboard and the page.
 */
import type { BrowserWindow } from 'electron';
import type { SessionView } from '../../shared/session.ts';
import { createSessionAudit } from '../audit/session-audit.ts';
import type { Log } from '../diagnostics/log.ts';
import type { RouterTarget } from '../ipc/router.ts';
import { type IdleLock, startIdleLock } from '../window/idle-lock.ts';
import { watchUserActivity } from '../window/user-activity.ts';
import type { UserGesture } from '../window/user-gesture.ts';
import type { ApplicationState } from './application-state.ts';
import type { Services } from './services.ts';

export interface SessionEffectsDependencies {
  readonly services: Services;
  readonly window: BrowserWindow;
  readonly application: Pick<ApplicationState, 'sayLeftCheck'>;
  readonly gesture: UserGesture;
  readonly log: Pick<Log, 'write'>;
  readonly report: RouterTarget['report'];
  /** Loads the page anew in a new process. */
  readonly renewPage: () => Promise<void>;
}

/** Follows the session from now on. Returns what is to be called when the page and its data of the patient are lost. */
export function followSession(dependencies: SessionEffectsDependencies): { readonly pageLost: () => void } {
  const { services, window, application, gesture, log, report, renewPage } = dependencies;
  const { session, audit, lookup, launches, clipboard } = services;
  const { idleLockMinutes } = services.environment.session;
  const sessionEntry = createSessionAudit();
  /** Runs only while a user is signed in. */
  let idleLock: IdleLock | undefined;
  watchUserActivity(window.webContents, () => idleLock?.userActive());

  /** H5: an unscheduled check cannot be recalled. */
  function sayIfLeft(checkAt: Date | undefined): void {
    if (checkAt !== undefined) application.sayLeftCheck(checkAt);
  }

  session.onChange((view, before, userChange) => {
    log.write({ event: 'session', state: view.state });
    const entry = sessionEntry(view, before, session.actor());
    if (entry !== undefined) void audit.record(entry.event, entry.actor);
    if ('lastFault' in view && view.lastFault !== undefined) report(view.lastFault, 'session');
    idleLock?.stop();
    idleLock =
      view.state === 'signed-in'
        ? startIdleLock({ idleLimitMs: idleLockMinutes * 60_000, lock: session.lock })
        : undefined;
    // H14: before the page hears of the change, so that it follows no launch of another user.
    launches.sessionChanged(view.state, before.state);
    if (window.isDestroyed()) return;
    // H14: the history of notifications outlives a lock, for the same user only.
    if (userChange === 'left') sayIfLeft(lookup.clear('sign-out'));
    else if (userChange === 'locked') sayIfLeft(lookup.clear('lock'));
    if (endsSignedIn(view, before)) {
      gesture.forget(); // H10, H14: no question that names a patient stays over a locked screen
      void clipboard.forget();
      // H10: the memory of the page goes with its process. H17: until then it can still copy.
      void renewPage().then(() => clipboard.forget());
    } else {
      window.webContents.send('session.changed', view);
    }
  });

  return {
    pageLost() {
      gesture.forget();
      launches.pageLost();
      sayIfLeft(lookup.clear('page-lost'));
    },
  };
}

/** True if a signed-in user no longer is: by lock, sign-out, change of role or the end of the session. */
function endsSignedIn(view: SessionView, before: SessionView): boolean {
  return before.state === 'signed-in' && view.state !== 'signed-in';
}
