import { type Collector, startCollector } from '../doubles/log-collector.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { test as base, expect, started } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { auditCommand, auditFolder, cutOff, events, exportTrail } from './trail.ts';

const test = base.extend<{ readonly collector: Collector }>({
  collector: started(startCollector, (collector) => collector.close()),
});

test('H4: every entry arrives at the log collector, the last before the viewer ends, the NHS number sealed', async ({
  collector,
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: collector.environment });
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'history');
  await expect.poll(collector.events).toContain('cpis-query');
  await expect.poll(() => collector.events().length).toBeGreaterThanOrEqual(9);
  await chooseInMenu(viewer.page, 'Diagnostics');
  await expect(viewer.page.getByText(`To ${collector.address}, up to entry`)).toBeVisible();
  const { nhsNumber } = simulator.patient('child-protection');
  await quit(viewer.app);
  expect(collector.text()).not.toContain(nhsNumber);

  const trail = events(await exportTrail(viewer.profile));
  expect(trail.at(-1)).toBe('ended');
  // Also what came last: the end of the viewer has sent the rest.
  expect(collector.events()).toEqual(trail);
});

test('H4: an unscheduled query is at the collector though the viewer is quit at once', async ({
  collector,
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: collector.environment });
  await viewer.signIn();
  await askAndHold(viewer, simulator, 'child-protection', 'unscheduled');
  await quit(viewer.app);
  await simulator.clearFaults();
  expect(collector.events()).toContain('cpis-query');
  expect(collector.events().slice(-3)).toEqual(['signed-out', 'cpis-outcome', 'ended']);
  const { code, out } = await auditCommand('verify', auditFolder(viewer.profile));
  expect(code).toBe(0);
  expect(out).toMatch(/Forwarded: up to entry \d+\n/);
});

test('a collector that is cut off: the viewer ends all the same, says what is not forwarded, and sends it at the next start', async ({
  collector,
  launch,
}) => {
  const viewer = await launch({ environment: collector.environment });
  await viewer.signIn();
  await expect.poll(collector.events).toContain('signed-in');
  collector.cut();
  await viewer.ask('child-protection', 'unscheduled', 'found');
  const ended = new Promise<number | null>((resolve) => viewer.app.process().once('exit', resolve));
  await quit(viewer.app);
  expect(await ended).toBe(0);
  const { out } = await auditCommand('verify', auditFolder(viewer.profile));
  expect(out).toMatch(/Forwarded: up to entry \d+; entries \d+ to \d+ are in this folder alone/);
  expect(collector.events()).not.toContain('cpis-query');

  collector.restore();
  const next = await launch({ environment: collector.environment, profile: viewer.profile });
  await expect.poll(collector.events).toContain('cpis-query');
  await quit(next.app);
  const sent = collector.events();
  expect(sent.slice(-2)).toEqual(['started', 'ended']);
});

test('a trail that was cut off behind what the collector has is found', async ({ collector, launch }) => {
  const viewer = await launch({ environment: collector.environment });
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled');
  await expect.poll(collector.events).toContain('cpis-outcome');
  await quit(viewer.app);
  const folder = auditFolder(viewer.profile);
  await cutOff(folder, 5);
  const { code, out } = await auditCommand('verify', folder);
  expect(code).toBe(1);
  expect(out).toMatch(/PROBLEM: Entry \d+ was forwarded to the log collector and is not in this trail\./);
});
