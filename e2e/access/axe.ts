/** What axe finds wrong on a page. axe-core itself: a test asks up to five times, and a runner for Playwright loads it each time. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

/**
 * One readable line for each fault. `colours`: by the rules of colour alone, where nothing else has changed. Its source goes
 * in through the debugger, past the content security policy, once a page.
 */
export async function axeFindings(page: Page, rules: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (colours) => {
      const { violations } = await window.axe.run(document, {
        resultTypes: ['violations'],
        ...(colours !== undefined && { runOnly: colours }),
      });
      return violations.map(({ id, help, nodes }) => {
        const targets = nodes.map(({ target }) => target.join(' ')).join(', ');
        return `${id}: ${help} (${targets})`;
      });
    },
    rules === 'colours' ? ['color-contrast', 'link-in-text-block'] : undefined,
  );
}
