/** H21: a page whose own files cannot be read is not left at "Starting…". */
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, makeProfile, startLoaded, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

const loader = path.join(import.meta.dirname, 'page-not-read.cjs');
const script = 'index-.*\\.js';
const style = 'style-.*\\.css';
const lost = '"process":"page","reason":"did-not-load"';

test('H21: a script that another program holds for a moment is read again', async ({ launch }) => {
  const args = [`--not-read=${script}`, '--times=3', '--code=EBUSY'];
  const { page, profile } = await launch({ loadedFirst: [loader], args });
  await expectScreen(page, 'signIn');
  expect(await readLog({ profile })).not.toContain(lost);
});

for (const [what, file] of Object.entries({ script, style })) {
  test(`H21: a page whose ${what} cannot be read is loaded anew`, async ({ launch }) => {
    const args = [`--not-read=${file}`, '--times=2'];
    const { page, profile } = await launch({ loadedFirst: [loader], args });
    await expectScreen(page, 'signIn');
    await expect.poll(async () => (await readLog({ profile })).split(lost)).toHaveLength(3);
  });
}

async function startWithout(file: string) {
  const child = await startLoaded(await makeProfile(), loader, `--not-read=${file}`, '--times=99');
  const [seen, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { code, seen };
}

test('H21: one whose script can never be read is said to have stopped, with whom to phone', async () => {
  const { code, seen } = await startWithout(script);
  expect(code).toBe(0);
  expect(seen).toMatch(/SEEN The screen of CP-IS Viewer has stopped working\. .*phone the local authority/);
});

test('H21: where its document cannot be read, the viewer says that it does not start', async () => {
  const { code, seen } = await startWithout('index\\.html');
  expect(code).toBe(3);
  expect(seen).toContain('SEEN A part of this application could not be started.');
});
