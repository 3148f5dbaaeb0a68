import { chooseInMenu } from '../driver/menu.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { logEntries } from '../viewer-log.ts';

/** Reads `text` of the signing keys in Diagnostics, which shows them as they were when it was opened. */
export async function expectCheckedKey({ page }: Viewer, text: string): Promise<void> {
  const key = page.getByText(text);
  const waiting = page.getByText(': being checked');
  await expect(async () => {
    await chooseInMenu(page, 'Diagnostics');
    await expect(key.or(waiting)).toBeVisible();
    const isChecked = await key.isVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    expect(isChecked).toBe(true);
  }).toPass();
}

/** The Sign in screen says that signing in will not work, and Diagnostics why. */
export async function expectNoKey({ page }: Viewer, ...reasons: readonly RegExp[]): Promise<void> {
  await expect(page.getByText(/Sign-in will not work/)).toBeVisible();
  await chooseInMenu(page, 'Diagnostics');
  for (const reason of reasons) await expect(page.getByText(reason).first()).toBeVisible();
}

/** The results of checks of signing keys in the log, the first first. */
export async function checksInLog(viewer: Viewer) {
  return (await logEntries(viewer)).filter(({ event }) => event === 'signing-key');
}
