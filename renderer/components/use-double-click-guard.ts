/** Keeps the second click of a double click, or a click meant for the screen before, from confirming a dialogue (H4). */
import { useEffect, useState } from 'react';

const guardMs = 500;

/** True once the user may confirm. */
export function useDoubleClickGuard(): boolean {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), guardMs);
    return () => clearTimeout(timer);
  }, []);
  return open;
}
