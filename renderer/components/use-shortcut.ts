/**
 * A key of this application's own, on every keyboard layout. Those that hold Ctrl hold nothing else, so that no other
 * shortcut is taken, nor a letter that is written with AltGr.
 */
import { useEffect, useEffectEvent } from 'react';
import { latinKey } from '../../shared/layout-key.ts';

type Key = 'F1' | 'Ctrl+L' | 'Ctrl+P';

export function useShortcut(key: Key, action: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (keyOf(event) !== key) return;
    event.preventDefault();
    if (!event.repeat) action();
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
