/** The policy `contentProtection`: what each window of the viewer is told. What the system then does, Linux cannot show. */
import path from 'node:path';
import { expect, test, type Viewer } from '../fixtures.ts';

const recorder = path.join(import.meta.dirname, 'record-content-protection.cjs');

/** By the windows in the order of their opening; see the recorder. */
const told = ({ app }: Viewer): Promise<unknown> =>
  app.evaluate(() => Reflect.get(globalThis, 'contentProtection'));

for (const contentProtection of [true, false]) {
  test(`H19: contentProtection ${contentProtection}: the viewer's window and the sign-in window are told`, async ({
    launch,
  }) => {
    const viewer = await launch({ policy: { contentProtection }, loadedFirst: [recorder] });
    expect(await told(viewer)).toEqual([contentProtection]);
    await viewer.openSignIn();
    await expect.poll(() => told(viewer)).toEqual([contentProtection, contentProtection]);
  });
}
