/**
 * `npm run soak`: a working day without pauses. Signs in, looks up patients, lets tokens expire, locks, unlocks and signs out.
 * Exits with 1 if memory grows, or if a request is lost or sent twice.
 */
import { parseArgs } from 'node:util';
import { startSimulator } from '../../simulator/client.ts';
import { quit } from '../driver/quit.ts';
import { outcomes } from '../driver/viewer-page.ts';
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
const statuses = [503, 429].map((status) => ({ kind: 'status', status }));
const passingFaults = [...statuses, { kind: 'reset' }, { kind: 'delay', ms: 400 }];
const answerHeading = new RegExp(`^(${Object.values(outcomes).join('|')})$`);

/** The unscheduled checks. */
const notified: { readonly patient: string; readonly at: number }[] = [];
const answers: string[] = [];
const samples: Sample[] = [];
let faults = 0;
const simulator = await startSimulator();
const app = await prepareApp(process.env['CPIS_VIEWER_PACKAGED'], simulator.environmentFile);
try {
  await simulator.settings({ accessTokenSeconds: 15 });
  await work();
  const verdicts = [...judgeGrowth(samples), ...(await reckon())];
  for (const [holds, sentence] of verdicts) console.log(`${holds ? 'ok  ' : 'BAD '} ${sentence}`);
  if (!verdicts.every(([holds]) => holds)) process.exitCode = 1;
} finally {
  await app.directory.remove();
  await simulator.stop();
}

async function work(): Promise<void> {
  const viewer = await openViewer(app, simulator);
  const { page } = viewer;
  const endsAt = Date.now() + Number(options.minutes) * 60_000;
  const lockEvery = Number(options['lookups-per-sign-in']);
  let notifiedBefore = 0;
  await viewer.signIn();
  for (let lookups = 0; Date.now() < endsAt || lookups < Number(options.lookups); ) {
    const patient = patients[lookups % patients.length] ?? '';
    // H4 (`window/user-gesture.ts`): the viewer asks before a user notifies again of a patient, or more than six times a minute.
    const isAgain = notified.slice(notifiedBefore).some((each) => each.patient === patient);
    const inLastMinute = notified.filter(({ at }) => Date.now() - at < 61_000).length;
    const isScheduled = isAgain || lookups % 3 !== 0 || inLastMinute >= 6;
    if (options.faults && lookups % 5 === 0) {
      // Never on a request that notifies, which is sent once. The end-to-end tests cover its faults (H4).
      faults += 1;
      const target = isScheduled && faults % 2 === 0 ? 'cpis.care-team' : 'pds.read';
      await simulator.fault(target, passingFaults[faults % passingFaults.length] ?? {}, { times: 1 });
    }
    await viewer.ask(patient, isScheduled ? 'scheduled' : 'unscheduled');
    const answer = await page.getByRole('heading', { name: answerHeading }).textContent();
    // The history follows the plans, and a user would wait for it.
    await page.locator('.previous-views .busy').waitFor({ state: 'detached', timeout: 30_000 });
    lookups = answers.push(answer ?? '');
    if (!isScheduled) notified.push({ patient, at: Date.now() });
    await viewer.findAnother();
    if (lookups % 20 === 0) {
      const sample = await takeSample(viewer, lookups);
      samples.push(sample);
      console.log(
        Object.entries(sample)
          .map(([name, value]) => `${Number(value.toFixed(1))} ${name}`)
          .join(', '),
      );
    }
    if (lookups % lockEvery !== 0) continue;
    if (lookups % (3 * lockEvery) === 0) {
      notifiedBefore = notified.length;
      await viewer.signOut();
    } else await viewer.lock();
    await viewer.signIn();
  }
  await quit(viewer.app);
}

/** Whether each check arrived once, and notified as often as it should. */
async function reckon(): Promise<readonly Verdict[]> {
  const requests = await simulator.requests();
  const notifications = (await simulator.notifications()).length;
  const unscheduled = notified.length;
  const checks = requests.filter((request) => request.path.endsWith('/CareTeam'));
  const sent = checks.filter(({ headers }) => headers['isunscheduledaccessevent'] !== 'false');
  const ids = new Set(sent.map(({ headers }) => headers['x-request-id']));
  const answered = checks.filter(({ status }) => status === 200).length;
  const tokens = requests.filter((request) => request.path.endsWith('/oauth2/token')).length;
  const without = answers.filter((answer) => !answer.endsWith('CP-IS record found')).length;
  return [
    [answered === answers.length, `${answers.length} lookups, ${answered} answered by the service`],
    [checks.length - answered <= faults, `${checks.length} checks arrived, ${faults} faults were ordered`],
    [without === 0, `${without} lookups ended without an answer on the screen`],
    [sent.length === unscheduled, `${unscheduled} unscheduled checks, ${sent.length} sent`],
    [notifications === unscheduled, `${notifications} notifications`],
    [tokens > 1, `${tokens} tokens issued`],
    // A scheduled check may arrive twice: Chromium sends a read again when its connection breaks.
    [!ids.has(undefined) && ids.size === sent.length, 'no unscheduled check arrived twice'],
  ];
}
