/**
 * Calls `lost` where a script or a style of the page could not be loaded: the page would say "Starting…" for ever, or have no
 * form, and has no script that could say so. Code that a screen loads later fails in the page itself, which then says so.
 * Source: HTML, "fetch and process a linked resource" and "prepare the script element": the element gets an `error` event,
 * which does not bubble.
 */
export function watchFirstFiles(lost: () => void): void {
  let isLost = false;
  window.addEventListener(
    'error',
    ({ target }) => {
      const isStyle = target instanceof HTMLLinkElement && target.rel === 'stylesheet';
      if (isLost || !(isStyle || target instanceof HTMLScriptElement)) return;
      isLost = true;
      lost();
    },
    { capture: true },
  );
}
