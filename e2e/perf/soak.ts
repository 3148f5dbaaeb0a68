/**
 * `npm run soak [-- --minutes 10 --lookups 500 --lookups-per-sign-in 60 --faults]`: a working day without pauses. Signs in, looks
 * up patients, lets tokens expire, locks, unlocks and signs out. Exits with 1 if memory grows, or if a request is lost or
 * sent twice.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type LoggedRequest, startSimulator } from '../../simulator/client.ts';
import { quit } from '../driver/quit.ts';
import type { CareSetting, Viewer } from '../driver/viewer-page.ts';
import { judgeGrowth, type Verdict } from './growth.ts';
import { measuredApps, openViewer } from './measured-apps.ts';
import { type Sample, takeSample } from './sample.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    lookups: { type: 'string', default: '500' },
    'lookups-per-sign-in': { type: 'string', default: '60' },
    faults: { type: 'boolean', default: false },
  },
});
const patients = ['child-protection', 'looked-after', 'no-record', 'several-plans', 'ended', 'device-author'];
/** Each sign-in costs memory (docs/decisions/sessions-in-memory.md). */
const lockEvery = Number(options['lookups-per-sign-in']);
const signOutEvery = 3 * lockEvery;
/** The viewer asks before a user notifies more often (H4, `window/user-gesture.ts`). */
const notificationsPerMinute = 6;
const sampleEvery = 20;
const faultEvery = 5;
/** Each fails one request. The viewer repeats a request that does not notify, so the user sees an answer. */
const passingFaults = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429 },
  { kind: 'reset' },
  { kind: 'delay', ms: 400 },
];
const answerHeading = /^(CP-IS record found|No CP-IS record found|Could not check CP-IS|Access denied)$/;

const day = {
  lookups: 0,
  unscheduled: 0,
  faults: 0,
  answers: {} as Record<string, number>,
  samples: [] as Sample[],
};
const simulator = await startSimulator();
const { appNamed, close } = await measuredApps(simulator.environmentFile);
try {
  await simulator.settings({ accessTokenSeconds: 15 });
  const viewer = await openViewer(await appNamed('viewer'), simulator);
  await work(viewer);
  const verdicts = [
    ...judgeGrowth(day.samples),
    ...reckon(await simulator.requests(), (await simulator.notifications()).length),
  ];
  await quit(viewer.app);
  console.log(verdicts.map(({ holds, sentence }) => `${holds ? 'ok  ' : 'BAD '} ${sentence}`).join('\n'));
  const file = path.resolve(import.meta.dirname, '../../out/soak.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ at: new Date(), ...options, verdicts, ...day }, null, 2)}\n`);
  if (!verdicts.every(({ holds }) => holds)) process.exitCode = 1;
} finally {
  await close();
  await simulator.stop();
}

async function work(viewer: Viewer): Promise<void> {
  const endsAt = Date.now() + Number(options.minutes) * 60_000;
  /** H4: patients of unscheduled checks since the sign-in; the viewer asks before it notifies again. */
  let notified = new Set<string>();
  const notifiedAt: number[] = [];
  await viewer.signIn();
  while (Date.now() < endsAt || day.lookups < Number(options.lookups)) {
    const patient = patients[day.lookups % patients.length] ?? '';
    const inLastMinute = notifiedAt.filter((at) => Date.now() - at < 61_000).length;
    const isScheduled =
      notified.has(patient) || day.lookups % 3 !== 0 || inLastMinute >= notificationsPerMinute;
    if (!isScheduled) {
      notified.add(patient);
      notifiedAt.push(Date.now());
      day.unscheduled += 1;
    }
    if (options.faults && day.lookups % faultEvery === 0) await orderFault(isScheduled);
    await lookUp(viewer, patient, isScheduled ? 'scheduled' : 'unscheduled');
    if (day.lookups % sampleEvery === 0) await sample(viewer);
    if (day.lookups % lockEvery !== 0) continue;
    const isSignOut = day.lookups % signOutEvery === 0;
    if (isSignOut) notified = new Set();
    if (isSignOut) await viewer.signOut();
    else await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
    await viewer.signIn();
  }
}

async function lookUp(viewer: Viewer, patient: string, careSetting: CareSetting): Promise<void> {
  const { page } = viewer;
  await viewer.ask(patient, careSetting);
  const result = page.getByRole('heading', { name: answerHeading });
  await result.waitFor({ timeout: 30_000 });
  // The history follows the plans, and a user would wait for it.
  await page.locator('.previous-views .busy').waitFor({ state: 'detached', timeout: 30_000 });
  const answer = (await result.textContent()) ?? '';
  day.answers[answer] = (day.answers[answer] ?? 0) + 1;
  day.lookups += 1;
  await viewer.findAnother();
}

/** Never on a request that notifies, which is sent once. The end-to-end tests cover its faults (H4). */
async function orderFault(isScheduled: boolean): Promise<void> {
  day.faults += 1;
  const target = isScheduled && day.faults % 2 === 0 ? 'cpis.care-team' : 'pds.read';
  await simulator.fault(target, passingFaults[day.faults % passingFaults.length] ?? {}, { times: 1 });
}

async function sample(viewer: Viewer): Promise<void> {
  const taken = await takeSample(viewer, day.lookups);
  day.samples.push(taken);
  const sizes = [taken.memory, taken.mainHeap, taken.pageHeap].map((size) => size.toFixed(1)).join(' / ');
  console.log(`${day.lookups} lookups: ${sizes} MB (all, heap of main, heap of page)`);
}

/** Whether each check arrived once, and notified as often as it should. */
function reckon(requests: readonly LoggedRequest[], notifications: number): readonly Verdict[] {
  const checks = requests.filter(({ path: asked }) => asked.endsWith('/CareTeam'));
  const unscheduled = checks.filter(({ headers }) => headers['isunscheduledaccessevent'] !== 'false');
  const answered = checks.filter(({ status }) => status === 200);
  const tokens = requests.filter(({ path: asked }) => asked.endsWith('/oauth2/token')).length;
  const ids = unscheduled.map(({ headers }) => headers['x-request-id']);
  const withoutAnswer = (day.answers['Could not check CP-IS'] ?? 0) + (day.answers['Access denied'] ?? 0);
  const rows: readonly (readonly [holds: boolean, sentence: string])[] = [
    [answered.length === day.lookups, `${day.lookups} lookups, ${answered.length} answered by the service`],
    [
      checks.length - answered.length <= day.faults,
      `${checks.length} checks arrived, and ${day.faults} faults were ordered`,
    ],
    [withoutAnswer === 0, `${withoutAnswer} lookups ended without an answer on the screen`],
    [
      unscheduled.length === day.unscheduled && notifications === day.unscheduled,
      `${day.unscheduled} unscheduled checks, ${unscheduled.length} sent, ${notifications} notifications`,
    ],
    [tokens > 1, `${tokens} tokens issued`],
    // A scheduled check may arrive twice: Chromium sends a read again when its connection breaks.
    [!ids.includes(undefined) && new Set(ids).size === ids.length, 'no unscheduled check arrived twice'],
  ];
  return rows.map(([holds, sentence]) => ({ holds, sentence }));
}
