/** A user's hand in the viewer: everything by the names that the screens show. */
import type { ElectronApplication, Page } from 'playwright';

const patience = { timeout: 20_000 };

export interface Hand {
  readonly page: Page;
  /** Waits for the screen or the dialogue with this heading. */
  see(heading: string): Promise<void>;
  press(button: string | RegExp): Promise<void>;
  /** Opens the identity provider's page, waits for a user's button, and gives both. */
  openSignIn(button: string, user: string): Promise<{ readonly page: Page; choose(): Promise<void> }>;
  /** From "Find a patient" to "Confirm patient". */
  find(nhsNumber: string): Promise<void>;
  chooseCare(careSetting: 'Unscheduled' | 'Scheduled'): Promise<void>;
  /** From "Find a patient" to the answer, whatever it is, telling nobody. */
  check(nhsNumber: string): Promise<void>;
}

export async function handOn(app: ElectronApplication): Promise<Hand> {
  const page = await app.firstWindow();
  page.setDefaultTimeout(patience.timeout);
  const see = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

  async function openSignIn(button: string, user: string) {
    const opened = app.waitForEvent('window', patience);
    await press(button);
    const signIn = await opened;
    const choice = signIn.getByRole('button', { name: user });
    await choice.waitFor(patience);
    return { page: signIn, choose: () => choice.click() };
  }
  async function find(nhsNumber: string): Promise<void> {
    await page.getByLabel('NHS number').fill(nhsNumber);
    await press('Find patient');
    await see('Confirm patient');
  }
  async function chooseCare(careSetting: 'Unscheduled' | 'Scheduled'): Promise<void> {
    await page.getByRole('radio', { name: new RegExp(`^${careSetting} care`) }).check();
  }
  return {
    page,
    see,
    press,
    openSignIn,
    find,
    chooseCare,
    async check(nhsNumber) {
      await find(nhsNumber);
      await chooseCare('Scheduled');
      await press('Check CP-IS');
    },
  };
}
