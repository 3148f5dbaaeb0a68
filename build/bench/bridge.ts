/**
 * A round trip through the viewer's bridge and router, and one without either: of a request that has nothing to do, for no
 * launch waits to be dismissed.
 */
import type { ElectronApplication, Page } from 'playwright';

/** A page's clock goes in tenths of a millisecond, so a value is the mean of a few trips. */
const tripsPerBatch = 10;

/** Milliseconds a trip, one value a batch. Alternating, so that whatever else the machine does meets both. */
export async function timeRoundTrips(
  viewer: Page,
  empty: ElectronApplication,
  rounds: number,
  batches: number,
): Promise<{ readonly viewer: readonly number[]; readonly bare: readonly number[] }> {
  const bridged = `(async () => {
    const means = [];
    for (let batch = 0; batch < ${batches}; batch += 1) {
      const started = performance.now();
      for (let trip = 0; trip < ${tripsPerBatch}; trip += 1) {
        await window.viewer.request('launch.dismiss', undefined);
      }
      means.push((performance.now() - started) / ${tripsPerBatch});
    }
    return means;
  })()`;
  const bare = `window.bare.roundTrips(${batches}, ${tripsPerBatch})`;
  const emptyPage = await empty.firstWindow();
  const found = { viewer: [] as number[], bare: [] as number[] };
  for (let round = -1; round < rounds; round += 1) {
    const viewerMeans = await viewer.evaluate<number[]>(bridged);
    const bareMeans = await emptyPage.evaluate<number[]>(bare);
    // The first round only warms both.
    if (round < 0) continue;
    found.viewer.push(...viewerMeans);
    found.bare.push(...bareMeans);
  }
  return found;
}
