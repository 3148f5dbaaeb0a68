/** The menu under the user's name, which a signed-in user has; the other screens show its entries themselves. */
import type { Page } from 'playwright';

export type MenuEntry = 'Change role' | 'Sign out' | 'Help' | 'Diagnostics' | 'Training';

export async function chooseInMenu(page: Page, entry: MenuEntry): Promise<void> {
  const menu = page.getByRole('banner').getByRole('button', { expanded: false });
  if ((await menu.count()) > 0) await menu.click();
  await page.getByRole('button', { name: entry, exact: true }).click();
}
