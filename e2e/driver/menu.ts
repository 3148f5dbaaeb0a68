/** The menu under the user's name, which a signed-in user has; the other screens show its entries themselves. */
import type { Locator, Page } from 'playwright';

export type MenuEntry = 'Change role' | 'Sign out' | 'Help' | 'Diagnostics' | 'Training';

/** Its button, while the menu is closed. */
export const userMenu = (page: Page): Locator =>
  page.getByRole('banner').getByRole('button', { expanded: false });

/** On any screen, with or without the menu. */
export async function chooseInMenu(page: Page, entry: MenuEntry): Promise<void> {
  const menu = userMenu(page);
  const direct = page.getByRole('button', { name: entry, exact: true });
  await menu.or(direct).first().waitFor();
  if ((await menu.count()) > 0) await menu.click();
  await direct.click();
}
