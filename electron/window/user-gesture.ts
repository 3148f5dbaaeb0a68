/**
 * Tells whether the user has just pressed something in the window. Chromium reports real input to the browser process, and
 * no script in the page can produce it. Each press allows one request to a service in the user's name, so that a compromised
 * page can neither find a patient nor ask CP-IS by itself (H4). Only input that can press a button counts: a mouse button, a
 * tap, Enter, and Space where it is not a blank in typed text. Assistive technology may press a button without an input
 * event; the main process then asks in a message box. It also asks where more checks would notify within a minute than a
 * user makes.
 * Source: Electron, `webContents` event `input-event`.
 */
import { type BrowserWindow, dialog, type InputEvent, type MessageBoxOptions } from 'electron';
import { formatNhsNumber, type NhsNumber } from '../../shared/clinical/nhs-number.ts';
import type { SearchScope } from '../../shared/clinical/patient-search.ts';
import { elapsedMs, type Moment } from '../../shared/elapsed.ts';
import type { HiddenScreen } from './hidden-screen.ts';

/** The request that the press allows. */
export type Purpose =
  | { readonly kind: 'trace'; readonly nhsNumber: NhsNumber }
  | { readonly kind: 'search'; readonly scope: SearchScope }
  | { readonly kind: 'check-list' }
  /** The user stays though the viewer is about to lock. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'check'; readonly nhsNumber: NhsNumber; readonly mayNotify: boolean };

export interface UserGesture {
  /** Uses up the last press, or asks the user where there is none. False: the user did not choose this. */
  take(purpose: Purpose): Promise<boolean>;
  /** Forgets an earlier press, whose request has been sent. Closes an open message box, as a no would. */
  forget(): void;
  /**
   * While a notice of a lock runs, nothing is allowed but to stay. The press that brought the notice is forgotten, and any
   * other question closed: who answers may be another person (H14). So is the press that ends it, which allows no more.
   */
  allowOnlyToStay(only: boolean): void;
  /** Called at each yes before it counts: Chromium reports no input for it. */
  onYes(listener: () => void): void;
}

/** A press and the request it causes are milliseconds apart; a slow machine gets this long. */
const freshnessMs = 5_000;
/** The most checks that notify which a user makes: to find, compare, choose and press takes some ten seconds. */
const notificationsPerMinute = 6;
const minuteMs = 60_000;

/** Counts input that the operating system reports to this window (H4). */
export function watchUserGesture(
  window: BrowserWindow,
  hiddenScreen: Pick<HiddenScreen, 'whenShown'>,
): UserGesture {
  const lastPress = createLastPress();
  /** By the monotonic clock alone: a clock that is set forward allows no more. */
  let notifiedAt: readonly number[] = [];
  let asking: { readonly kind: Purpose['kind']; readonly abort: AbortController } | undefined;
  let onYes: (() => void) | undefined;
  let onlyToStay = false;
  const isPress = createPressFilter();
  window.webContents.on('input-event', (_event, input) => {
    if (isPress(input)) lastPress.note();
  });

  /** One message box at a time: a second request meanwhile is refused. */
  async function ask(purpose: Purpose): Promise<boolean> {
    if (asking !== undefined || window.isDestroyed()) return false;
    asking = { kind: purpose.kind, abort: new AbortController() };
    const { signal } = asking.abort;
    try {
      if (!(await hiddenScreen.whenShown(signal))) return false; // H9
      const { response } = await dialog.showMessageBox(window, { ...questionFor(purpose), signal });
      if (response !== 0 || signal.aborted) return false;
      onYes?.(); // H14: after a pause or a sleep this brings the notice or the lock, which aborts
      return !signal.aborted;
    } finally {
      asking = undefined;
    }
  }

  return {
    async take(purpose) {
      if (onlyToStay && purpose.kind !== 'stay') return false;
      const notifies = purpose.kind === 'check' && purpose.mayNotify;
      const fresh = lastPress.takeFresh();
      notifiedAt = notifiedAt.filter((at) => performance.now() - at < minuteMs);
      const usual = !notifies || notifiedAt.length < notificationsPerMinute;
      const chosen = (fresh && usual) || (await ask(purpose));
      if (chosen && notifies) notifiedAt = [...notifiedAt, performance.now()];
      return chosen;
    },
    forget() {
      lastPress.forget();
      asking?.abort.abort();
    },
    allowOnlyToStay(only) {
      onlyToStay = only;
      lastPress.forget();
      if (only && asking?.kind !== 'stay') asking?.abort.abort();
    },
    onYes(listener) {
      onYes = listener;
    },
  };
}

/** Exported for its test. A press is fresh for five seconds, also where the clock is set back meanwhile, and counts once. */
export function createLastPress() {
  let pressedAt: Moment | undefined;
  const now = (): Moment => ({ wallMs: Date.now(), monotonicMs: performance.now() });
  return {
    note(): void {
      pressedAt = now();
    },
    /** Uses the press up. */
    takeFresh(): boolean {
      const fresh = pressedAt !== undefined && elapsedMs(pressedAt, now()) <= freshnessMs;
      pressedAt = undefined;
      return fresh;
    },
    forget(): void {
      pressedAt = undefined;
    },
  };
}

/** Exported for its test. Tells of each input event in turn whether it presses something. */
export function createPressFilter(): (input: InputEvent) => boolean {
  let afterText = false;
  return (input) => {
    switch (input.type) {
      case 'mouseDown':
      case 'gestureTap':
        afterText = false;
        return true;
      case 'rawKeyDown':
      case 'keyDown': {
        const { key, held } = readKey(input);
        // A blank after typed text is text, and so are further blanks.
        const isText = key === ' ' ? afterText : key.length === 1;
        if (key !== 'Shift') afterText = isText;
        return !held && (key === 'Enter' || (key === ' ' && !isText));
      }
      default:
        return false;
    }
  };
}

/** Electron passes the key with the event, but its types do not declare it. */
function readKey(input: InputEvent): { readonly key: string; readonly held: boolean } {
  const key = 'key' in input && typeof input.key === 'string' ? input.key : '';
  return { key, held: 'isAutoRepeat' in input && input.isAutoRepeat === true };
}

function questionFor(purpose: Purpose): MessageBoxOptions {
  return {
    type: 'question',
    title: 'CP-IS Viewer',
    ...textsFor(purpose),
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
}

const searchQuestions: Readonly<Record<SearchScope, string>> = {
  current: 'Search for a patient by name and date of birth now?',
  previous: 'Search for a patient by name, previous names and date of birth now?',
  similar: 'Search for a patient by similar names and date of birth now?',
};

function textsFor(purpose: Purpose): Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons'> {
  switch (purpose.kind) {
    case 'trace':
      return {
        message: `Find the patient with NHS number ${formatNhsNumber(purpose.nhsNumber)} now?`,
        detail: 'Who looks for a patient is recorded nationally. If you did not choose this, press "Cancel".',
        buttons: ['Find patient', 'Cancel'],
      };
    case 'search':
      return {
        message: searchQuestions[purpose.scope],
        detail: 'Who looks for a patient is recorded nationally. If you did not choose this, press "Cancel".',
        buttons: ['Search', 'Cancel'],
      };
    case 'check-list':
      return {
        message: 'Check the patients of the clinic list now?',
        detail: 'This is scheduled care: nobody is notified. Who checks a patient is recorded nationally.',
        buttons: ['Check all', 'Cancel'],
      };
    case 'stay':
      return {
        message: 'Stay signed in?',
        detail: 'CP-IS Viewer is about to lock, because its window has not been used.',
        buttons: ['Stay signed in', 'Cancel'],
      };
    case 'check':
      return {
        message: `Check CP-IS for NHS number ${formatNhsNumber(purpose.nhsNumber)} now?`,
        detail: purpose.mayNotify
          ? 'This is unscheduled care: the local authority is notified. If you did not choose this, press "Cancel".'
          : 'This is scheduled care: nobody is notified.',
        buttons: ['Check CP-IS', 'Cancel'],
      };
  }
}
