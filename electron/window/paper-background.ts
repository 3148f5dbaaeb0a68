import type { BrowserWindow } from 'electron';

/** Chromium fills the margins of paper, and of a PDF, with the colour of the window: white while it prints. */
export async function onWhitePaper<Result>(
  window: Pick<BrowserWindow, 'getBackgroundColor' | 'setBackgroundColor' | 'isDestroyed'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const colour = window.getBackgroundColor();
  window.setBackgroundColor('#ffffff');
  try {
    return await work();
  } finally {
    if (!window.isDestroyed()) window.setBackgroundColor(colour);
  }
}
