/** H21: a page whose process ends while the viewer starts is not left as an empty window. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, makeProfile, startLoaded, test } from '../fixtures.ts';

async function start(pageEndsAt: string) {
  const profile = await makeProfile();
  const policy = path.join(profile, 'policy.json');
  await writeFile(policy, '{}');
  const loader = path.join(import.meta.dirname, 'page-ends-in-start.cjs');
  const child = await startLoaded(profile, loader, `--policy=${policy}`, `--page-ends-at=${pageEndsAt}`);
  const closed = once(child, 'close');
  let seen = '';
  const isSeen = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk) => {
      seen += chunk;
      if (seen.includes('SEEN')) resolve();
    });
  });
  await Promise.race([isSeen, closed]);
  return { child, closed, seen: () => seen };
}

test('H21: before its document is there: a message says that the viewer does not start', async () => {
  const { closed, seen } = await start('its-document');
  expect(await closed).toEqual([3, null]);
  expect(seen()).toContain('SEEN A part of this application could not be started.');
});

test('H21: before the viewer watches over it: it is loaded anew', async () => {
  const { child, closed, seen } = await start('policy.json');
  expect(seen()).toContain('SEEN CP-IS Viewer');
  child.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
});
