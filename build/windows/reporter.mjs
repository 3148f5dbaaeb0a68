/** Writes each test that ended as one line of JSON. Its name is the path of titles to it. */

/** @param {AsyncIterable<{ type: string, data: { name: string, nesting: number, details?: { type?: string, duration_ms?: number, error?: Error & { cause?: unknown, failureType?: string } } } }>} events */
export default async function* report(events) {
  /** @type {string[]} */
  const titles = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') titles.splice(data.nesting, titles.length, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { error } = data.details ?? {};
    // A suite counts only where something beside its tests failed, such as its end.
    if (data.details?.type === 'suite' && (error === undefined || error.failureType === 'subtestsFailed'))
      continue;
    const cause = error?.cause instanceof Error ? error.cause.stack : String(error?.cause ?? error ?? '');
    yield `${JSON.stringify({ titles: [...titles.slice(0, data.nesting), data.name], passed: type === 'test:pass', durationMs: Math.round(data.details?.duration_ms ?? 0), problem: type === 'test:pass' ? '' : cause })}\n`;
  }
}
