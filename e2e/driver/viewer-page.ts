/** Drives the viewer by the names that its screens show. */
import type { ElectronApplication, Page } from 'playwright';
import type { Simulator } from '../../simulator/client.ts';
import { chooseInMenu, userMenu } from './menu.ts';

declare global {
  /** In the viewer's page, for script that a test runs there. */
  interface Window {
    readonly viewer: {
      request(name: string, request?: unknown): Promise<PageReply>;
      on(name: string, listener: (value: unknown) => void): () => void;
    };
  }
}

/** What the main process answers to a request of the page: parts of it that tests look at. */
export interface PageReply {
  readonly ok: boolean;
  readonly value?: {
    readonly kind?: string;
    readonly state?: string;
    readonly patient?: { readonly context: string };
    readonly fault?: { readonly kind: string };
  };
  readonly fault?: { readonly kind: string };
}

export type CareSetting = 'unscheduled' | 'scheduled';

/** The results of a check, by their headings. */
export const outcomes = {
  found: 'CP-IS record found',
  noRecord: 'No CP-IS record found',
  denied: 'Access denied',
  couldNotCheck: 'Could not check CP-IS',
} as const;

export type Outcome = keyof typeof outcomes;

/** What follows a check: its result, or the history of a record, which comes after that. */
type Shown = Outcome | 'history';

export interface Viewer {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The profile folder. */
  readonly profile: string;
  /** Presses "Sign in" and gives the sign-in window. */
  openSignIn(): Promise<Page>;
  /** Presses "Sign in" and logs in as a synthetic user, in one of several roles by its button; does not wait for what comes. */
  logIn(user: string, role?: RegExp): Promise<void>;
  /** Logs in, the nurse where no other is named, and waits for "Find a patient". */
  signIn(user?: string, role?: RegExp): Promise<void>;
  /** Presses "Lock" and waits for "Locked", in the page that takes the place of the one that locked. */
  lock(): Promise<void>;
  /** From any screen; confirms that an open answer is closed, and waits for "Sign in". */
  signOut(): Promise<void>;
  /** Enters an NHS number and presses "Find patient"; does not wait for what comes. */
  enterNumber(nhsNumber: string): Promise<void>;
  /** Finds a synthetic patient by NHS number and waits for "Confirm patient". */
  find(patient: string): Promise<void>;
  chooseCare(careSetting: CareSetting): Promise<void>;
  /** Chooses and presses "Check CP-IS"; waits for what is named, if anything. */
  check(careSetting: CareSetting, shown?: Shown): Promise<void>;
  /** Finds and checks. */
  ask(patient: string, careSetting: CareSetting, shown?: Shown): Promise<void>;
  /** From an answer to "Find a patient". */
  findAnother(): Promise<void>;
}

export const careLabels: Readonly<Record<CareSetting, string>> = {
  unscheduled: 'Unscheduled care – the local authority is notified',
  scheduled: 'Scheduled care – nobody is notified',
};

const waitMs = 20_000;

/**
 * Does what ends the page, such as a lock, and waits until it has gone: it shows the next screen for a moment before
 * another page, in a process of its own, takes its place (H10), and loses what is pressed in it.
 */
export async function untilPageLeft(page: Page, leave: () => Promise<unknown>): Promise<void> {
  await page.evaluate(`document.documentElement.id = 'left'`);
  await leave();
  await page.locator('html#left').waitFor({ state: 'detached', timeout: waitMs });
}

/** Waits until the start is over. */
export async function driveViewer(
  app: ElectronApplication,
  profile: string,
  simulator: Simulator,
): Promise<Viewer> {
  const page = await app.firstWindow();
  // Once the main process has answered the page, its start is over. Before that, V8 now and then collects the promise of a
  // test's `app.evaluate` while the code of the second half is being loaded.
  await page.getByText(/^Version \S+$/).waitFor({ timeout: waitMs });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const seeHeading = (name: string) => heading(name).waitFor({ timeout: waitMs });

  async function openSignIn(): Promise<Page> {
    const opened = app.waitForEvent('window', (window) => window !== page);
    const signsIn = page.getByRole('button', {
      name: /^(Sign in with Care Identity|Unlock|Sign in again now)$/,
    });
    const menu = userMenu(page);
    await signsIn.or(menu).first().waitFor({ timeout: waitMs });
    // A page that a lock or a sign-out is about to replace still has its menu: what comes first is pressed.
    if ((await signsIn.count()) === 0) await menu.click({ timeout: 1_000 }).catch(() => undefined);
    const changeRoleButton = { name: 'Change role', exact: true } as const;
    const changeRole = page.getByRole('button', changeRoleButton);
    await signsIn.or(changeRole).first().click({ timeout: waitMs });
    // Over an open answer "Change role" asks first.
    const question = page.getByRole('dialog', { name: 'Close?' }).getByRole('button', changeRoleButton);
    const answered = question
      .waitFor({ timeout: waitMs })
      .then(() => question.click())
      .catch(() => undefined); // not asked: the window opens
    await Promise.race([opened, answered]);
    return opened;
  }
  async function logIn(user: string, role?: RegExp): Promise<void> {
    const window = await openSignIn();
    await window.getByRole('button', { name: simulator.userName(user) }).click();
    if (role !== undefined) await window.getByRole('button', { name: role }).click();
  }
  async function signIn(user = 'nurse', role?: RegExp): Promise<void> {
    await logIn(user, role);
    await seeHeading('Find a patient');
  }
  async function signOut(): Promise<void> {
    const menu = userMenu(page);
    const button = { name: 'Sign out', exact: true } as const;
    await menu.or(page.getByRole('button', button)).first().waitFor({ timeout: waitMs });
    // A page that is locked stays.
    const leaves = (await menu.count()) > 0;
    const choose = async () => {
      await chooseInMenu(page, 'Sign out');
      const question = page.getByRole('dialog', { name: 'Close?' });
      await question.or(heading('CP-IS Viewer')).first().waitFor({ timeout: waitMs });
      if (await question.isVisible()) await question.getByRole('button', button).click();
    };
    await (leaves ? untilPageLeft(page, choose) : choose());
    await seeHeading('CP-IS Viewer');
    // The shell that paints before any script has run has the same heading.
    await page.getByText('Starting…').waitFor({ state: 'detached', timeout: waitMs });
  }
  async function enterNumber(nhsNumber: string): Promise<void> {
    await page.getByLabel('NHS number').fill(nhsNumber);
    await page.getByRole('button', { name: 'Find patient' }).click();
  }
  async function find(patient: string): Promise<void> {
    await enterNumber(simulator.patient(patient).nhsNumber);
    await seeHeading('Confirm patient');
  }
  async function chooseCare(careSetting: CareSetting): Promise<void> {
    await page.getByRole('radio', { name: careLabels[careSetting] }).check();
  }
  async function check(careSetting: CareSetting, shown?: Shown): Promise<void> {
    await chooseCare(careSetting);
    await page.getByRole('button', { name: 'Check CP-IS' }).click();
    if (shown === 'history')
      await page.getByRole('table', { name: 'Previously viewed by' }).waitFor({ timeout: waitMs });
    else if (shown !== undefined) await seeHeading(outcomes[shown]);
  }
  return {
    app,
    page,
    profile,
    openSignIn,
    logIn,
    signIn,
    async lock() {
      await untilPageLeft(page, () => page.getByRole('button', { name: 'Lock', exact: true }).click());
      await seeHeading('Locked');
    },
    signOut,
    enterNumber,
    find,
    chooseCare,
    check,
    async ask(patient, careSetting, shown) {
      await find(patient);
      await check(careSetting, shown);
    },
    async findAnother() {
      await page.getByRole('button', { name: 'Next patient', exact: true }).click();
      await seeHeading('Find a patient');
    },
  };
}
