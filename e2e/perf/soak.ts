/**
 * `npm run soak`: a working day without pauses. Signs in, looks up patients, lets tokens expire, locks, unlocks and signs out.
 * Exits with 1 if memory grows, or if a request is lost or sent twice.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator } from '../../simulator/client.ts';
import { quit } from '../driver/quit.ts';
import { openViewer, prepareApp } from './apps.ts';
import { judgeGrowth, type Sample, takeSample, type Verdict } from './memory.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    lookups: { type: 'string', default: '500' },
    // Each sign-in costs memory (docs/decisions/sessions-in-memory.md).
    'lookups-per-sign-in': { type: 'string', default: '60' },
    faults: { type: 'boolean', default: false },
  },
});
const patients = ['child-protection', 'looked-after', 'no-record', 'several-plans', 'ended', 'device-author'];
/** Each fails one request. The viewer repeats a request that does not notify, so the user sees an answer. */
const passingFaults = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429 },
  { kind: 'reset' },
  { kind: 'delay', ms: 400 },
];
const answerHeading = /^(CP-IS record found|No CP-IS record found|Could not check CP-IS|Access denied)$/;

const day = {
  /** The unscheduled checks. */
  notified: [] as { readonly patient: string; readonly at: number }[],
  faults: 0,
  answers: [] as string[],
  samples: [] as Sample[],
};
const simulator = await startSimulator();
const app = await prepareApp(process.env['CPIS_VIEWER_PACKAGED'], simulator.environmentFile);
try {
  await simulator.settings({ accessTokenSeconds: 15 });
  await work();
  const verdicts = [...judgeGrowth(day.samples), ...(await reckon())];
  for (const { holds, sentence } of verdicts) console.log(`${holds ? 'ok  ' : 'BAD '} ${sentence}`);
  const file = path.resolve(import.meta.dirname, '../../out/soak.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ at: new Date(), ...options, verdicts, ...day }, null, 2)}\n`);
  if (!verdicts.every(({ holds }) => holds)) process.exitCode = 1;
} finally {
  await app.directory.remove();
  await simulator.stop();
}

async function work(): Promise<void> {
  const viewer = await openViewer(app, simulator);
  const endsAt = Date.now() + Number(options.minutes) * 60_000;
  const lockEvery = Number(options['lookups-per-sign-in']);
  let notifiedBefore = 0;
  await viewer.signIn();
  for (let lookups = 0; Date.now() < endsAt || lookups < Number(options.lookups); ) {
    const patient = patients[lookups % patients.length] ?? '';
    // H4 (`window/user-gesture.ts`): the viewer asks before a user notifies again of a patient, or more than six times a minute.
    const isAgain = day.notified.slice(notifiedBefore).some((each) => each.patient === patient);
    const inLastMinute = day.notified.filter(({ at }) => Date.now() - at < 61_000).length;
    const isScheduled = isAgain || lookups % 3 !== 0 || inLastMinute >= 6;
    if (options.faults && lookups % 5 === 0) await orderFault(isScheduled);

    await viewer.ask(patient, isScheduled ? 'scheduled' : 'unscheduled');
    const answer = viewer.page.getByRole('heading', { name: answerHeading });
    await answer.waitFor({ timeout: 30_000 });
    // The history follows the plans, and a user would wait for it.
    await viewer.page.locator('.previous-views .busy').waitFor({ state: 'detached', timeout: 30_000 });
    lookups = day.answers.push((await answer.textContent()) ?? '');
    if (!isScheduled) day.notified.push({ patient, at: Date.now() });
    await viewer.findAnother();

    if (lookups % 20 === 0) {
      const sample = await takeSample(viewer, lookups);
      day.samples.push(sample);
      const held = Object.entries(sample.held).map(([name, value]) => `${value.toFixed(1)} ${name}`);
      console.log(`${lookups} lookups: ${held.join(', ')}`);
    }
    if (lookups % lockEvery !== 0) continue;
    if (lookups % (3 * lockEvery) === 0) {
      notifiedBefore = day.notified.length;
      await viewer.signOut();
    } else await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
    await viewer.signIn();
  }
  await quit(viewer.app);
}

/** Never on a request that notifies, which is sent once. The end-to-end tests cover its faults (H4). */
async function orderFault(isScheduled: boolean): Promise<void> {
  day.faults += 1;
  const target = isScheduled && day.faults % 2 === 0 ? 'cpis.care-team' : 'pds.read';
  await simulator.fault(target, passingFaults[day.faults % passingFaults.length] ?? {}, { times: 1 });
}

/** Whether each check arrived once, and notified as often as it should. */
async function reckon(): Promise<readonly Verdict[]> {
  const requests = await simulator.requests();
  const notifications = (await simulator.notifications()).length;
  const { notified, faults, answers } = day;
  const unscheduled = notified.length;
  const checks = requests.filter((request) => request.path.endsWith('/CareTeam'));
  const sent = checks.filter(({ headers }) => headers['isunscheduledaccessevent'] !== 'false');
  const ids = new Set(sent.map(({ headers }) => headers['x-request-id']));
  const answered = checks.filter(({ status }) => status === 200).length;
  const tokens = requests.filter((request) => request.path.endsWith('/oauth2/token')).length;
  const without = answers.filter((answer) => !answer.endsWith('CP-IS record found')).length;
  const verdict = (holds: boolean, sentence: string): Verdict => ({ holds, sentence });
  return [
    verdict(answered === answers.length, `${answers.length} lookups, ${answered} answered by the service`),
    verdict(
      checks.length - answered <= faults,
      `${checks.length} checks arrived, ${faults} faults were ordered`,
    ),
    verdict(without === 0, `${without} lookups ended without an answer on the screen`),
    verdict(sent.length === unscheduled, `${unscheduled} unscheduled checks, ${sent.length} sent`),
    verdict(notifications === unscheduled, `${notifications} notifications`),
    verdict(tokens > 1, `${tokens} tokens issued`),
    // A scheduled check may arrive twice: Chromium sends a read again when its connection breaks.
    verdict(!ids.has(undefined) && ids.size === sent.length, 'no unscheduled check arrived twice'),
  ];
}
