import { useEffect, useEffectEvent } from 'react';
import { latinKey } from '../../shared/layout-key.ts';
import { useScreenHidden } from './screen-hidden.ts';

type Key = 'F1' | 'Ctrl+L' | 'Ctrl+P';

/**
 * Runs `action` on a shortcut of this application, on every keyboard layout. A shortcut with Ctrl allows no other modifier,
 * so that it replaces no other shortcut and no letter that is typed with AltGr. On a hidden screen only the lock works (H9).
 */
export function useShortcut(key: Key, action: () => void): void {
  const hidden = useScreenHidden();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (keyOf(event) !== key) return;
    event.preventDefault();
    if (!event.repeat && (!hidden || key === 'Ctrl+L')) action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function keyOf(event: KeyboardEvent): string {
  if (event.altKey || event.shiftKey || event.metaKey || event.getModifierState('AltGraph')) return '';
  return event.ctrlKey ? `Ctrl+${latinKey(event).toUpperCase()}` : event.key;
}
