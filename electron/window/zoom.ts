/** Changes the text size by Ctrl (or Command) with plus, minus and zero, since no menu does, and stores it for the user. */
import type { WebContents } from 'electron';
import { latinKey } from '../../shared/layout-key.ts';
import type { UserSettings } from '../settings/user-settings.ts';

const steps = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5] as const;

/** `onNotKept` is called when the size cannot be stored. */
export function persistZoom(contents: WebContents, settings: UserSettings, onNotKept: () => void): void {
  const apply = (factor: number) => contents.setZoomFactor(factor);
  apply(settings.zoomFactor());
  contents.on('did-finish-load', () => apply(settings.zoomFactor()));
  contents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return;
    const current = settings.zoomFactor();
    const next = stepFor(latinKey(input), current);
    if (next === undefined) return;
    event.preventDefault();
    if (settings.setZoomFactor(next) === 'not-kept') onNotKept();
    apply(next);
  });
}

function stepFor(key: string, current: number): number | undefined {
  switch (key) {
    case '+':
    case '=':
      return steps.find((step) => step > current) ?? current;
    case '-':
      return steps.findLast((step) => step < current) ?? current;
    case '0':
      return 1;
    default:
      return undefined;
  }
}
