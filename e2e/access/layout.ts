/** Whether everything on a page can be seen: nothing beside it, nothing cut off. */
import type { Page } from '@playwright/test';
import { expect, type Viewer } from '../fixtures.ts';

/** Gives the window's content this size, in CSS pixels at 100 %. */
export async function resize({ app, page }: Viewer, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect
    .poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight]))
    .toEqual([width, height]);
}

/** `factor`: 1 for the usual size. Waits until the page is drawn at it. */
export async function zoomTo({ app, page }: Viewer, factor: number): Promise<void> {
  const ratio = await page.evaluate(() => window.devicePixelRatio);
  const before = await app.evaluate(({ BrowserWindow }, zoom) => {
    const contents = BrowserWindow.getAllWindows().find(
      (window) => window.getParentWindow() === null,
    )?.webContents;
    const former = contents?.getZoomFactor() ?? 1;
    contents?.setZoomFactor(zoom);
    return former;
  }, factor);
  const wanted = (ratio / before) * factor;
  await page.waitForFunction((each) => Math.abs(window.devicePixelRatio - each) < 0.01, wanted);
}

/** What sticks out of the window to the side, or is cut off inside its own box; nothing for a page that is whole. */
export function lostContent(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const lost: string[] = [];
    const root = document.scrollingElement ?? document.documentElement;
    if (root.scrollWidth > root.clientWidth) lost.push(`the page is ${root.scrollWidth} px wide`);
    const isForReadersOnly = (element: Element) =>
      element.closest('.nhsuk-u-visually-hidden, .nhsuk-skip-link');
    for (const element of document.querySelectorAll('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true }) || isForReadersOnly(element)) continue;
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      );
      const box = element.getBoundingClientRect();
      const what = `${element.tagName.toLowerCase()} "${element.textContent?.trim().slice(0, 40)}"`;
      if (hasText && (box.left < -1 || box.right > window.innerWidth + 1)) {
        lost.push(`${what} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      }
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) {
        lost.push(`${what} is cut off or scrolls sideways`);
      }
      if (textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth)
        lost.push(`${what} ends in …`);
    }
    return lost;
  });
}
