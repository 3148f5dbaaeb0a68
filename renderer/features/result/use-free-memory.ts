import { useEffect } from 'react';

/** The user reads by then, and the history has come. */
const restMs = 2_000;

/**
 * Frees what former screens have left in memory once an answer has stood for two seconds. Not on a screen from which something is
 * asked: freeing takes some 8 ms of the page, and what comes next has its caches to fill (docs/performance.md).
 */
export function useFreeMemory(): void {
  useEffect(() => {
    const timer = setTimeout(() => window.viewer.freeMemory(), restMs);
    return () => clearTimeout(timer);
  }, []);
}
