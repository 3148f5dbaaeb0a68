/** A key of this application's own. Those that hold Ctrl hold nothing else, so that no other shortcut is taken. */
import { useEffect, useEffectEvent } from 'react';

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

function keyOf({ key, ctrlKey, altKey, shiftKey, metaKey }: KeyboardEvent): string {
  if (altKey || shiftKey || metaKey) return '';
  return ctrlKey ? `Ctrl+${key.toUpperCase()}` : key;
}
