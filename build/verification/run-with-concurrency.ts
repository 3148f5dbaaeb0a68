/** Runs jobs a few at a time, in order, and returns what they returned, in order. */
export async function runWithConcurrency<Result>(
  atATime: number,
  jobs: readonly (() => Promise<Result>)[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = jobs.entries();
  const worker = async () => {
    for (const [index, job] of queue) results[index] = await job();
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
