import { useEffect, useState } from 'react';
import type { Fault } from '../../shared/fault.ts';

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Shows a state of the main process: the reply to one `read`, and each change that `on` tells of. The reply may come after a
 * change that is newer than it, and is then not shown (H10). Returns the function that ends the listening.
 */
export function follow<Value>(
  read: () => Promise<Read<Value>>,
  on: (listener: (value: Value) => void) => () => void,
  show: (state: Read<Value>) => void,
): () => void {
  let hasChanged = false;
  const stop = on((value) => {
    hasChanged = true;
    show({ ok: true, value });
  });
  void read().then((reply) => {
    if (!hasChanged) show(reply);
  });
  return stop;
}

/** `follow` in a component: `initial`, until there is a state. `read` and `on` are the same each time it is drawn. */
export function useFollowed<Value>(
  initial: Value,
  read: () => Promise<Read<Value>>,
  on: (listener: (value: Value) => void) => () => void,
): Value {
  const [value, setValue] = useState(initial);
  useEffect(() => follow(read, on, (state) => state.ok && setValue(state.value)), [read, on]);
  return value;
}
