import { useEffect, useEffectEvent } from 'react';
import {
  afterPause,
  type KeysSoFar,
  noKeys,
  pauseMs,
  type Read,
  readKey,
  readPause,
  type TypedKey,
} from './read-keys.ts';

/** Reads every key of the window, before anything on the screen gets it, for barcodes and for digits outside a field. */
export function useScanner(onRead: (read: Read) => void): void {
  const report = useEffectEvent(onRead);

  useEffect(() => {
    let keys: KeysSoFar = noKeys;
    let pause: ReturnType<typeof setTimeout> | undefined;
    /** The field that has the focus, as it was before the first of these keys. */
    let before: { readonly field: HTMLInputElement; readonly value: string } | undefined;

    const onPause = (): void => {
      const read = readPause(keys);
      if (read === undefined) return; // a person may type more
      keys = afterPause(keys);
      report(read);
    };

    const onKeyDown = (event: KeyboardEvent): void => {
      const key = typedKey(event);
      if (key === 'ignored') return;
      clearTimeout(pause);
      if (key === 'other') {
        keys = noKeys;
        return;
      }
      const { target } = event;
      const next = readKey(keys, key, event.timeStamp, isField(target) ? 'field' : 'elsewhere');
      keys = next.keys;
      if (keys.text.length === 1) {
        before = target instanceof HTMLInputElement ? { field: target, value: target.value } : undefined;
      }
      if (next.take) {
        event.preventDefault();
        event.stopPropagation();
      }
      if (next.takeBack && before?.field === target) putBack(before);
      if (next.read === undefined) pause = setTimeout(onPause, pauseMs);
      else report(next.read);
    };

    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      clearTimeout(pause);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
}

/** Many scanners type GS, which separates the fields of a barcode, as Ctrl+]. */
function typedKey(event: KeyboardEvent): TypedKey | 'ignored' | 'other' {
  const { key } = event;
  if (event.isComposing || event.repeat || ['Shift', 'Control', 'CapsLock', 'AltGraph'].includes(key)) {
    return 'ignored';
  }
  if (event.ctrlKey && (key === ']' || event.code === 'BracketRight')) {
    return { kind: 'character', character: '\u001d' };
  }
  if ((event.ctrlKey && !event.getModifierState('AltGraph')) || event.metaKey) return 'other';
  if (key.length === 1) return { kind: 'character', character: key };
  if (event.shiftKey) return 'other';
  if (key === 'Enter') return { kind: 'enter' };
  return key === 'Tab' ? { kind: 'tab' } : 'other';
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['radio', 'checkbox'].includes(target.type);
  return target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}

/** As if the user had typed it, so that React learns of it. */
function putBack({ field, value }: { readonly field: HTMLInputElement; readonly value: string }): void {
  field.setRangeText(value, 0, field.value.length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
