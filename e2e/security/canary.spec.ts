/**
 * Tokens stay in electron/identity: every token, code and secret that the simulator issued is searched for in each place
 * where it must not be. Each search first finds something that is known to be there.
 */
import type { Page } from '@playwright/test';
import { quit } from '../driver/quit.ts';
import { expect, test } from '../fixtures.ts';
import { filesHolding } from './folder-search.ts';
import { recordIpc } from './ipc-recorder.ts';

async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

async function pageText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([
      document.documentElement.outerHTML,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      databases,
      location.href,
      history.state,
    ]);
  });
}

test('a canary token is nowhere: page, storage, memory, IPC traffic, logs, user-data folder', async ({
  viewer,
  simulator,
}) => {
  const { app, page, profile } = viewer;
  const traffic = await recordIpc(app);
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'history');

  const issued = await simulator.issuedTokens();
  expect(new Set(issued.map(({ kind }) => kind))).toEqual(
    new Set([
      'authorization-code',
      'cis2-access-token',
      'id-token',
      'platform-access-token',
      'platform-refresh-token',
    ]),
  );
  const secrets = issued.map(({ value }) => value);
  const user = simulator.userName('nurse');

  const places = { page: await pageText(page), memory: await heapOf(page), ipc: await traffic.read() };
  for (const [place, text] of Object.entries(places)) {
    expect(text.includes(user), `${place} is really searched`).toBe(true);
    expect(
      secrets.filter((secret) => text.includes(secret)),
      place,
    ).toEqual([]);
  }

  // View models cross the bridge, and no FHIR.
  expect(places.ipc).not.toContain('resourceType');

  await quit(app);
  expect(await filesHolding(profile, ['SIMULATOR'])).toContain('data/logs/viewer.log');
  expect(await filesHolding(profile, secrets)).toEqual([]);
  const { nhsNumber, family } = simulator.patient('child-protection');
  expect(await filesHolding(profile, [nhsNumber, family])).toEqual([]);
});
