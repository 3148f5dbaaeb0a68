/**
 * Changes the text size by Ctrl (or Command) with plus, minus and zero, since no menu does, and stores it until the
 * user signs out.
 */
import type { WebContents } from 'electron';
import { latinKey } from '../../shared/layout-key.ts';
import type { UserSettings } from '../settings/user-settings.ts';

const steps = [0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5] as const;

export interface TextSize {
  /** Back to 100 %, for the next user of a shared log-on. */
  reset(): void;
}

/** `onNotKept` is called when the size cannot be stored. */
export function persistZoom(contents: WebContents, settings: UserSettings, onNotKept: () => void): TextSize {
  const apply = (factor: number): void => {
    if (!contents.isDestroyed()) contents.setZoomFactor(factor);
  };
  apply(settings.zoomFactor());
  contents.on('did-finish-load', () => apply(settings.zoomFactor()));
  contents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return;
    const current = settings.zoomFactor();
    const next = stepFor(latinKey(input), current);
    if (next === undefined) return;
    event.preventDefault();
    apply(next);
    void settings.setZoomFactor(next).then((kept) => {
      if (kept === 'not-kept') onNotKept();
    });
  });
  return {
    reset() {
      if (settings.zoomFactor() === 1) return;
      void settings.setZoomFactor(1);
      apply(1);
    },
  };
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
