export interface Waits {
  add(ms: number): void;
  count(): number;
  /** By the nearest rank, in seconds to a tenth; `undefined` where there is no value. `share`: 0.5 for the median. */
  quantileSeconds(share: number): number | undefined;
}

/** Longer ones are not counted apart: a patient that stays open for a day says nothing about the service. */
const longestTenths = 24 * 3_600 * 10;

/** How long something took, as a distribution to a tenth of a second: the memory does not grow with the number of values. */
export function createWaits(): Waits {
  const counts = new Map<number, number>();
  let total = 0;
  return {
    add(ms) {
      const tenths = Math.min(longestTenths, Math.round(ms / 100));
      counts.set(tenths, (counts.get(tenths) ?? 0) + 1);
      total += 1;
    },
    count: () => total,
    quantileSeconds(share) {
      const rank = Math.max(1, Math.ceil(share * total));
      let below = 0;
      for (const [tenths, count] of [...counts].sort(([one], [other]) => one - other)) {
        below += count;
        if (below >= rank) return tenths / 10;
      }
      return undefined;
    },
  };
}
