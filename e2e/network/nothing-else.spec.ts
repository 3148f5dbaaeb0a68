/** docs/deployment.md, "Nothing else is called": the log of a proxy that every request passes through shows it. */
import { openForwardProxy } from '../doubles/forward-proxy.ts';
import { expect, systemProxy, test } from './site.ts';

test('start, sign-in and a lookup ask for nothing but the hosts of the environment', async ({
  launch,
  simulator,
}) => {
  const proxy = await openForwardProxy();
  const viewer = await launch({ env: systemProxy(proxy.port) });
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'history');
  // Requests that Chromium makes by itself come in its first seconds.
  await viewer.page.waitForTimeout(3_000);
  const own = Object.values(simulator.addresses);
  const foreign = proxy.log.filter(
    (asked) => !own.some((origin) => asked.split(' ')[1]?.startsWith(`${origin}/`)),
  );
  expect(foreign).toEqual([]);
  proxy.close();
});
