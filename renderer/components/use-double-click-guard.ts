/** The second click of a double click, or one meant for what was there before, must not be a dialogue's yes (H4). */
import { useEffect, useState } from 'react';

/** Milliseconds. */
const yesOpensAfter = 500;

/** Whether the yes may be pressed. */
export function useDoubleClickGuard(): boolean {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), yesOpensAfter);
    return () => clearTimeout(timer);
  }, []);
  return open;
}
