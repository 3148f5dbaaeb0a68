/**
 * Keeps the second click of a double click from what the first one has uncovered: a button behind a dialogue that it closed,
 * or on the screen that it opened (H4).
 */
export function stopSecondClickElsewhere(): void {
  /** Held weakly: with a part of the page that is gone goes whatever it said of a patient (H10). */
  let pressed: WeakRef<Element> | undefined;
  const controlOf = ({ target }: Event): Element | null =>
    target instanceof Element ? target.closest('a, button, input, label, select, summary, textarea') : null;
  window.addEventListener(
    'mousedown',
    (event) => {
      if (event.detail !== 1) return;
      const control = controlOf(event);
      pressed = control === null ? undefined : new WeakRef(control);
    },
    { capture: true },
  );
  window.addEventListener(
    'click',
    (event) => {
      if (event.detail < 2 || controlOf(event) === (pressed?.deref() ?? null)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
