/**
 * A page that has been taken over: hostile script runs in the viewer's own page, with its own bridge. It can show lies
 * and ask what the signed-in user may ask; it cannot get a token, another origin, a file, or an unasked query.
 */
import { expect, test } from '../fixtures.ts';

interface Reply {
  readonly ok: boolean;
  readonly value?: { readonly kind?: string; readonly patient?: { readonly context: string } };
}

test('H4: script alone cannot ask CP-IS: without a press, the main process asks the user itself', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  const questions = await app.evaluateHandle(({ dialog }) => {
    const asked: string[] = [];
    // The person's answer to the main process's own question: no.
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push(JSON.stringify(args.at(-1)));
      return { response: 1, checkboxChecked: false };
    };
    return asked;
  });
  const { nhsNumber } = simulator.patient('child-protection');
  // The press of the sign-in has been used up or is stale only after five seconds: script uses it first, then again.
  const replies = await page.evaluate(async (number) => {
    const viewerBridge = Reflect.get(window, 'viewer') as {
      request(name: string, request: unknown): Promise<Reply>;
    };
    const traced = await viewerBridge.request('patient.trace', { nhsNumber: number });
    const context = traced.value?.patient?.context ?? '';
    const results: Reply[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      results.push(
        await viewerBridge.request('cpis.check', { context, careSetting: 'unscheduled', repeat: 'again' }),
      );
    }
    return results;
  }, nhsNumber);
  expect(replies.map(({ value }) => value?.kind)).toEqual(['not-asked', 'not-asked', 'not-asked']);
  expect(await questions.evaluate((asked) => asked.length)).toBe(3);
  expect(await simulator.notifications()).toEqual([]);
});
