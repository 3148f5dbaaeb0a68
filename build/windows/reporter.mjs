/** Writes each test that ended as one line of JSON. Its name is the path of titles to it. */

/** @param {AsyncIterable<{ type: string, data: { name: string, nesting: number, details?: { type?: string, error?: Error & { cause?: unknown } } } }>} events */
export default async function* report(events) {
  /** @type {string[]} */
  const titles = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') titles.splice(data.nesting, titles.length, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    const { error } = data.details ?? {};
    const cause = error?.cause instanceof Error ? error.cause.stack : String(error?.cause ?? error ?? '');
    yield `${JSON.stringify({ titles: [...titles.slice(0, data.nesting), data.name], passed: type === 'test:pass', problem: type === 'test:pass' ? '' : cause })}\n`;
  }
}
