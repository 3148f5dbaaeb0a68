import { expect, type Page } from '@playwright/test';
import type { Simulator } from '../simulator/client.ts';
import { untilPageLeft, type Viewer } from './driver/viewer-page.ts';
import { expectScreen } from './screens.ts';

export interface SharedViewer {
  /** At "Sign in", as after a start. */
  atSignIn(): Promise<Viewer>;
  /** At "Find a patient", signed in as the nurse, who has asked about no patient in this session. */
  atFind(): Promise<Viewer>;
  /** Ends a session so old that its token would be renewed, which the simulator would count to another test. Whether it did. */
  endOldSession(): Promise<boolean>;
  /** To be called after each test, with the simulator as the test left it. */
  afterTest(hasPassed: boolean): Promise<void>;
  end(): Promise<void>;
}

export interface SharedViewerDependencies {
  readonly simulator: Simulator;
  start(): Promise<Viewer>;
  /** Rejects where a support file holds what it must not: something of the simulator, or one of `secrets`. */
  search(viewer: Viewer, secrets: readonly string[]): Promise<void>;
  /** Ends the viewer and removes its profile. */
  end(viewer: Viewer): Promise<void>;
}

/** The viewer asks in a message box before the seventh within a minute, and a test may make a few (H4, user-gesture.ts). */
const mostNotifyingChecks = 2;

/** A token is renewed 539 seconds after it was issued (token-store.ts), and a test takes at most 90. */
const oldSessionMs = 5 * 60_000;

const asTheSystemIs = {
  media: null,
  colorScheme: null,
  reducedMotion: null,
  forcedColors: null,
  contrast: null,
} as const;

/**
 * One viewer for those tests of a worker that begin at the same screen, since a start costs more than what most of them do.
 * What the product promises separates them: with the session goes all that it held, and the page's process with it (H10, H14).
 */
export function shareViewer({ simulator, start, search, end }: SharedViewerDependencies): SharedViewer {
  let viewer: Viewer | undefined;
  /** Each screen before the first test: one that differs afterwards has kept something. */
  const firstLook = new Map<'signIn' | 'find', string>();
  let isAtWork = false;
  /** When the viewer was last without a session. */
  let atSignInAt = 0;
  let notifyingChecks = 0;
  let secrets: readonly string[] = [];

  async function endViewer(): Promise<void> {
    const ended = viewer;
    viewer = undefined;
    isAtWork = false;
    notifyingChecks = 0;
    if (ended !== undefined) await end(ended);
    secrets = [];
  }

  async function isAsAtFirst(page: Page, screen: 'signIn' | 'find'): Promise<boolean> {
    await expectScreen(page, screen);
    const look = await lookOf(page);
    if (!firstLook.has(screen)) firstLook.set(screen, look);
    return firstLook.get(screen) === look;
  }

  async function keepSecrets(): Promise<void> {
    secrets = [...secrets, ...(await simulator.secrets())];
  }

  /** False where the viewer cannot be brought there by a sign-out alone. */
  async function returnToSignIn({ page }: Viewer): Promise<boolean> {
    const state = await sessionState(page);
    if (state === 'signed-out') await page.reload();
    else if (state === 'signed-in') await untilPageLeft(page, () => signOut(page));
    else if (state === 'locked') await signOut(page);
    else return false;
    return isAsAtFirst(page, 'signIn');
  }

  const hasOldSession = () => viewer !== undefined && performance.now() - atSignInAt > oldSessionMs;

  async function atSignIn(): Promise<Viewer> {
    isAtWork = false;
    if (viewer !== undefined && !(await returnToSignIn(viewer))) await endViewer();
    viewer ??= await start();
    await isAsAtFirst(viewer.page, 'signIn');
    atSignInAt = performance.now();
    return viewer;
  }

  return {
    atSignIn,
    async atFind() {
      if (viewer !== undefined && isAtWork && !hasOldSession()) {
        await viewer.page.reload();
        if (await isAsAtFirst(viewer.page, 'find')) return viewer;
      }
      const signedOut = await atSignIn();
      await signedOut.signIn();
      await isAsAtFirst(signedOut.page, 'find');
      await keepSecrets();
      return signedOut;
    },
    async endOldSession() {
      if (!hasOldSession()) return false;
      await atSignIn();
      return true;
    },
    async afterTest(hasPassed) {
      if (viewer === undefined) return;
      await keepSecrets();
      await search(viewer, secrets);
      const requests = await simulator.requests();
      const notifying = requests.filter(
        ({ headers }) => headers['isunscheduledaccessevent'] === 'true',
      ).length;
      notifyingChecks += notifying;
      const isSpent = notifyingChecks > mostNotifyingChecks;
      if (!hasPassed || isSpent || (await hasOwnClock(viewer.page))) return endViewer();
      await viewer.page.emulateMedia(asTheSystemIs);
      // A session remembers whom an unscheduled check was about (H4); a question may be about a launch that waits.
      isAtWork =
        (await viewer.page.getByRole('dialog').count()) === 0 &&
        notifying === 0 &&
        requests.every(({ server }) => server === 'platform') &&
        (await sessionState(viewer.page)) === 'signed-in';
    },
    end: endViewer,
  };
}

/** What the page says, its size, and the preferences that a test can emulate. */
function lookOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const emulated = [
      'print',
      '(prefers-color-scheme: dark)',
      '(prefers-reduced-motion)',
      '(forced-colors)',
      '(prefers-contrast)',
    ];
    return JSON.stringify([
      document.body.innerText,
      [window.innerWidth, window.innerHeight],
      emulated.map((query) => window.matchMedia(query).matches),
    ]);
  });
}

/** Asks until a page has answered: a test can end while another takes the place of the page that it has left. */
async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  await expect(async () => {
    answer = await ask();
  }).toPass({ timeout: 20_000 });
  return answer;
}

function sessionState(page: Page): Promise<string | undefined> {
  return answerOf(() =>
    page.evaluate(async () => (await window.viewer.request('session.read')).value?.state),
  );
}

/** The page may be gone before it has its answer. */
async function signOut(page: Page): Promise<void> {
  await page.evaluate(() => void window.viewer.request('session.signOut')).catch(() => undefined);
}

/** Whether a test has put Playwright's clock into the page, which stays there. */
function hasOwnClock(page: Page): Promise<unknown> {
  return answerOf(() => page.evaluate(`!String(Date).includes('[native code]')`));
}
