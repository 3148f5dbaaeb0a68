/**
 * Whether a person has just pressed something in the window. Chromium reports real input to the browser process; script in
 * the page cannot make it. Each press serves one request that a service is sent in the user's name: a page that has been
 * taken over can neither find a patient nor ask CP-IS by itself (H4). Only what can press a button counts: a mouse, a tap,
 * Enter, and Space where it is no blank between typed words. Assistive technology may press a button without any input
 * event; a question in a window of the main process's own then stands in for the press, as it does where more has been
 * notified within a minute than a person would.
 * Source: Electron, `webContents` event `input-event`.
 */
import { type BrowserWindow, dialog, type InputEvent, type MessageBoxOptions } from 'electron';
import { formatNhsNumber, type NhsNumber } from '../../shared/clinical/nhs-number.ts';

/** What the press is for. */
export type Purpose =
  | { readonly kind: 'trace'; readonly nhsNumber: NhsNumber }
  | { readonly kind: 'search' }
  | { readonly kind: 'check'; readonly nhsNumber: NhsNumber; readonly mayNotify: boolean };

export interface UserGesture {
  /** Uses up the last press, if there is one; else asks. False: the user did not choose this. */
  take(purpose: Purpose): Promise<boolean>;
  /** Forgets an earlier press: what it was for lies behind. A question that is still open is closed, as with a no. */
  forget(): void;
}

/** A press and the request it causes are milliseconds apart; a slow machine gets this long. */
const freshnessMs = 5_000;
/** More checks that notify than a person makes: find, compare, choose and press take some ten seconds each. */
const notificationsPerMinute = 6;
const minuteMs = 60_000;

/** `now`: milliseconds since the epoch. */
export function watchUserGesture(window: BrowserWindow, now: () => number): UserGesture {
  let pressedAt: number | undefined;
  let notifiedAt: readonly number[] = [];
  let asking: AbortController | undefined;
  const isPress = createPressFilter();
  window.webContents.on('input-event', (_event, input) => {
    if (isPress(input)) pressedAt = now();
  });

  /** One question at a time: script that asks again and again gets a no. */
  async function ask(purpose: Purpose): Promise<boolean> {
    if (asking !== undefined || window.isDestroyed()) return false;
    asking = new AbortController();
    const { signal } = asking;
    try {
      const { response } = await dialog.showMessageBox(window, { ...questionFor(purpose), signal });
      return response === 0 && !signal.aborted;
    } finally {
      asking = undefined;
    }
  }

  return {
    async take(purpose) {
      const notifies = purpose.kind === 'check' && purpose.mayNotify;
      const fresh = pressedAt !== undefined && now() - pressedAt <= freshnessMs;
      pressedAt = undefined;
      notifiedAt = notifiedAt.filter((at) => now() - at < minuteMs);
      const usual = !notifies || notifiedAt.length < notificationsPerMinute;
      const chosen = (fresh && usual) || (await ask(purpose));
      if (chosen && notifies) notifiedAt = [...notifiedAt, now()];
      return chosen;
    },
    forget() {
      pressedAt = undefined;
      asking?.abort();
    },
  };
}

/** Exported for its test. Says of each input event in turn whether it presses something. */
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
        // A blank within what is typed is text, and so are those behind it.
        const isText = key === ' ' ? afterText : key.length === 1;
        if (key !== 'Shift') afterText = isText;
        return !held && (key === 'Enter' || (key === ' ' && !isText));
      }
      default:
        return false;
    }
  };
}

/** Electron gives the key with the event, and does not say so in its types. */
function readKey(input: InputEvent): { readonly key: string; readonly held: boolean } {
  const key = 'key' in input && typeof input.key === 'string' ? input.key : '';
  return { key, held: 'isAutoRepeat' in input && input.isAutoRepeat === true };
}

function questionFor(purpose: Purpose): MessageBoxOptions {
  return {
    type: 'question',
    title: 'CP-IS Viewer',
    ...wordsFor(purpose),
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
}

function wordsFor(purpose: Purpose): Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons'> {
  switch (purpose.kind) {
    case 'trace':
      return {
        message: `Find the patient with NHS number ${formatNhsNumber(purpose.nhsNumber)} now?`,
        detail: 'Who looks for a patient is recorded nationally. If you did not choose this, press "Cancel".',
        buttons: ['Find patient', 'Cancel'],
      };
    case 'search':
      return {
        message: 'Search for a patient by name and date of birth now?',
        detail: 'Who looks for a patient is recorded nationally. If you did not choose this, press "Cancel".',
        buttons: ['Search', 'Cancel'],
      };
    case 'check':
      return {
        message: `Ask CP-IS about NHS number ${formatNhsNumber(purpose.nhsNumber)} now?`,
        detail: purpose.mayNotify
          ? 'This is unscheduled care: the local authority is told. If you did not choose this, press "Cancel".'
          : 'This is scheduled care: nobody is told.',
        buttons: ['Ask CP-IS', 'Cancel'],
      };
  }
}
