/** Axe on a page of the viewer. Its source goes in through the debugger, past the content security policy. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds, as one readable line each. */
export async function findings(page: Page): Promise<readonly string[]> {
  // Electron opens no second page for axe to gather its results in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, help, nodes }) => {
    const targets = nodes.map(({ target }) => target.join(' ')).join(', ');
    return `${id}: ${help} (${targets})`;
  });
}
