/** How long Chromium takes at most to free, and to draw. Later does no harm, and frees less. */
const stepMs = 300;
/** Hardly a colour, for one frame or two, and in no accessibility tree. */
const pixelStyle =
  'html::after { content: ""; position: absolute; inset: 0 auto auto 0; width: 1px; height: 1px; background: rgb(0 0 0 / 1%) }';

/** What of Electron's `webFrame` is used here. */
export interface PageMemory {
  clearCache(): void;
  /** Returns the key for `removeInsertedCSS`. */
  insertCSS(css: string): string;
  removeInsertedCSS(key: string): void;
}

/**
 * Frees what former screens have left in memory: objects, caches, drawn pictures. Chromium tells the process that draws of the
 * pictures that it may drop with the next frame alone, so a pixel is drawn, and taken away.
 * Source: Electron, `webFrame.clearCache` (frees memory that is no longer used), `webFrame.insertCSS`.
 */
export function freeMemory(memory: PageMemory): void {
  memory.clearCache();
  setTimeout(() => {
    const pixel = memory.insertCSS(pixelStyle);
    setTimeout(() => memory.removeInsertedCSS(pixel), stepMs);
  }, stepMs);
}
