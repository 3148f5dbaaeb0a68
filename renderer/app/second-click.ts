/**
 * Keeps the second click of a double click from what the first one has uncovered: a button behind a dialogue that it closed,
 * or on the screen that it opened (H4).
 */
export function stopSecondClickElsewhere(): void {
  let pressed: Element | null = null;
  const controlOf = ({ target }: Event): Element | null =>
    target instanceof Element ? target.closest('a, button, input, label, select, summary, textarea') : null;
  window.addEventListener(
    'mousedown',
    (event) => {
      if (event.detail === 1) pressed = controlOf(event);
    },
    { capture: true },
  );
  window.addEventListener(
    'click',
    (event) => {
      if (event.detail < 2 || controlOf(event) === pressed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
