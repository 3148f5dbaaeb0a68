import { useEffect, useState } from 'react';

/**
 * How many of `all` parts are drawn by now: the first at once, one more with each frame. A page that drew thousands of
 * rows in one go would take no key or click meanwhile.
 */
export function useArriving(all: number): number {
  const [arrived, setArrived] = useState(1);
  useEffect(() => {
    if (arrived >= all) return;
    const frame = requestAnimationFrame(() => setArrived(arrived + 1));
    return () => cancelAnimationFrame(frame);
  }, [arrived, all]);
  return arrived;
}
