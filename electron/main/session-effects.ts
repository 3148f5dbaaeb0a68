/**
 * What follows a change of session and a lost page: the trail and the log have it, the idle lock runs or stops, the launches
 * hear of it, and with the user the patient goes, the clipboard and the page.
 */
import type { BrowserWindow } from 'electron';
import { lookupsPrevented } from '../../shared/fault.ts';
import type { LockNotice, SessionView } from '../../shared/session.ts';
import type { TakenTime } from '../../shared/taken-time.ts';
import { createSessionAudit } from '../audit/session-audit.ts';
import type { Log } from '../diagnostics/log.ts';
import type { RouterTarget } from '../ipc/router.ts';
import type { HiddenScreen } from '../window/hidden-screen.ts';
import { type IdleLock, startIdleLock } from '../window/idle-lock.ts';
import { watchUserActivity } from '../window/user-activity.ts';
import type { UserGesture } from '../window/user-gesture.ts';
import type { TextSize } from '../window/zoom.ts';
import type { ApplicationState } from './application-state.ts';
import type { Services } from './services.ts';
import { uptimeMs } from './uptime.ts';

export interface SessionEffectsDependencies {
  readonly services: Services;
  readonly window: BrowserWindow;
  readonly application: Pick<ApplicationState, 'sayLeftCheck' | 'withdraw'>;
  readonly gesture: UserGesture;
  readonly hiddenScreen: HiddenScreen;
  readonly textSize: TextSize;
  readonly log: Pick<Log, 'write'>;
  readonly report: RouterTarget['report'];
  /** Loads the page anew in a new process. */
  readonly renewPage: () => Promise<void>;
}

export interface SessionEffects {
  /** To be called when the page and its data of the patient are lost. */
  readonly pageLost: () => void;
  readonly lockNotice: {
    read(): LockNotice | undefined;
    stay(): Promise<void>;
  };
}

/** Follows the session from now on. */
export function followSession(dependencies: SessionEffectsDependencies): SessionEffects {
  const { services, window, application, gesture, hiddenScreen, textSize, log, report, renewPage } =
    dependencies;
  const { session, audit, lookup, clinicList, launches, clipboard } = services;
  const { idleLockMinutes } = services.environment.session;
  const sessionEntry = createSessionAudit();
  /** Runs only while a user is signed in. */
  let idleLock: IdleLock | undefined;
  const userActive = (): void => idleLock?.userActive();
  watchUserActivity(window.webContents, userActive);
  gesture.onYes(userActive);
  hiddenScreen.onChange((hidden) => idleLock?.setHidden(hidden));
  window.on('focus', () => window.flashFrame(false));

  /** A user who works in another program sees the task bar, and not this window. */
  function sayNotice(): void {
    const notice = idleLock?.notice();
    const runs = notice !== undefined;
    gesture.allowOnlyToStay(runs);
    launches.noticeChanged(runs);
    clinicList.noticeChanged(runs);
    if (window.isDestroyed()) return;
    window.flashFrame(runs && !window.isFocused());
    window.webContents.send('lockNotice.changed', notice);
  }

  /** H5: an unscheduled check cannot be recalled. */
  function sayIfLeft(checkAt: TakenTime | undefined): void {
    if (checkAt !== undefined) application.sayLeftCheck(checkAt);
  }

  function followIdle(view: SessionView, before: SessionView): void {
    if (view.state === 'signed-in' && before.state === 'signed-in') {
      // H14: that a sign-in has begun is no sign of the user; that it has succeeded is.
      const hasSignedInAgain = before.signingInAgain && !view.signingInAgain && view.lastFault === undefined;
      if (hasSignedInAgain) idleLock?.stay();
      return;
    }
    idleLock?.stop();
    idleLock =
      view.state === 'signed-in'
        ? startIdleLock({
            idleLimitMs: idleLockMinutes * 60_000,
            now: () => ({ wallMs: Date.now(), monotonicMs: uptimeMs() }),
            lock: session.lock,
            onNotice: sayNotice,
          })
        : undefined;
  }

  session.onChange((view, before, userChange) => {
    log.write({ event: 'session', state: view.state });
    const entry = sessionEntry(view, before, session.actor());
    if (entry !== undefined) {
      void audit.record(entry.event, entry.actor).then((fault) => {
        if (fault === undefined) application.withdraw(lookupsPrevented['audit-unavailable']);
      });
    }
    // A sign-in needs a signature of each key.
    if (view.state === 'signed-in') application.withdraw(lookupsPrevented['signing-key-unavailable']);
    if ('lastFault' in view && view.lastFault !== undefined) report(view.lastFault, 'session');
    followIdle(view, before);
    // H14: before the page hears of the change, so that it follows no launch of another user.
    if (userChange === 'left') textSize.reset();
    if (view.state !== before.state) launches.sessionChanged(view.state, before.state);
    if (window.isDestroyed()) return;
    if (userChange !== 'none') clinicList.clear(); // H10
    // H14: the history of notifications outlives a lock, for the same user only.
    if (userChange === 'left') sayIfLeft(lookup.clear('sign-out'));
    else if (userChange === 'locked') sayIfLeft(lookup.clear('lock'));
    if (endsSignedIn(view, before)) {
      gesture.forget(); // H10, H14: no question that names a patient stays over a locked screen
      hiddenScreen.pageReplaced();
      void clipboard.forget();
      // H10: the memory of the page goes with its process. H17: until then it can still copy.
      void renewPage().then(() => clipboard.forget());
    } else {
      window.webContents.send('session.changed', view);
    }
  });

  return {
    lockNotice: {
      read: () => idleLock?.notice(),
      async stay() {
        const noticed = idleLock;
        if (noticed?.notice() === undefined) return;
        // H14: what the page says does not count. An assistive program presses without an input event.
        const isUser = noticed.hasInputSinceNotice() || (await gesture.take({ kind: 'stay' }));
        if (isUser && noticed === idleLock) noticed.stay();
      },
    },
    pageLost() {
      gesture.forget();
      hiddenScreen.pageReplaced();
      launches.pageLost();
      clinicList.clear();
      sayIfLeft(lookup.clear('page-lost'));
    },
  };
}

/** True if a signed-in user no longer is: by lock, sign-out, change of role or the end of the session. */
function endsSignedIn(view: SessionView, before: SessionView): boolean {
  return before.state === 'signed-in' && view.state !== 'signed-in';
}
