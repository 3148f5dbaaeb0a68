/**
 * The steps of a whole lookup behind a link with latency, plain and over TLS, each timed in the page by the frame that ends it. By
 * what a step takes longer than without latency, its round trips are told. Each sign-in begins with every connection closed,
 * as after a pause. Names are not looked up, and HTTP is 1.1.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../../simulator/client.ts';
import { openLatencyRelay } from '../doubles/latency-relay.ts';
import { createPrivateAuthority } from '../doubles/private-authority.ts';
import { openTlsFront } from '../doubles/tls-front.ts';
import { quit } from '../driver/quit.ts';
import { driveViewer, type Viewer } from '../driver/viewer-page.ts';
import { isThere, readTimes, watchFor } from './in-page.ts';
import { type MeasuredApp, makeProfile, openApp } from './measured-apps.ts';
import { type Figure, quantile } from './report.ts';

interface Step {
  readonly name: string;
  /** In round trips, plain. */
  readonly goal: number;
  /** Round trips that are redirects of the provider's own: they do not count. */
  readonly redirects?: number;
  /** It opens a connection of its own by design, so that TLS costs it a round trip more. */
  readonly isFresh?: true;
}
const press: Step = { name: 'press to the provider’s page', goal: 3.2, isFresh: true };
const consent: Step = { name: 'consent to Find a patient', goal: 4, redirects: 2 };
const firstFind: Step = { name: 'first find to Confirm patient', goal: 1.1 };
const laterFind: Step = { name: 'later find to Confirm patient', goal: 1.1 };
const scheduled: Step = { name: 'check to answer, scheduled', goal: 1.1 };
const unscheduled: Step = { name: 'check to answer, unscheduled', goal: 2.1, isFresh: true };
const history: Step = { name: 'plan to history', goal: 1.1 };

interface Timed {
  readonly step: Step;
  readonly roundTripMs: number;
  readonly ms: number;
}

const latencies = [0, 40, 150] as const;
const heading = (text: string) =>
  `[...document.querySelectorAll('h1')].some((h1) => h1.textContent.trim() === '${text}')`;

export async function measureWaits(app: MeasuredApp, rounds: number): Promise<readonly Figure[]> {
  return [...(await measureOver('plain', app, rounds)), ...(await measureOver('TLS', app, rounds))];
}

async function measureOver(
  kind: 'plain' | 'TLS',
  app: MeasuredApp,
  rounds: number,
): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-waits-'));
  const home = await makeProfile(app);
  const relays = { cis2: await openLatencyRelay(), platform: await openLatencyRelay() };
  const origin = ({ port }: { port: number }) => `${kind === 'TLS' ? 'https' : 'http'}://127.0.0.1:${port}`;
  const simulator = await startSimulator({
    environmentFile: path.join(folder, `${kind}.json`),
    args: ['--cis2-origin', origin(relays.cis2), '--platform-origin', origin(relays.platform)],
  });
  const authority = kind === 'TLS' ? await createPrivateAuthority(folder) : undefined;
  await authority?.trustIn(home);
  const ends: (() => void)[] = [];
  for (const name of ['cis2', 'platform'] as const) {
    const service = new URL(simulator.addresses[name]);
    const front = authority && (await openTlsFront(authority, service));
    relays[name].portBehind = front?.port ?? Number(service.port);
    ends.push(relays[name].close, front?.close ?? (() => undefined));
  }
  const args = [`--environment=${await app.directory.copyForUser(simulator.environmentFile)}`];
  const timed: Timed[] = [];
  try {
    for (const roundTripMs of latencies) {
      for (const relay of Object.values(relays)) relay.roundTripMs = roundTripMs;
      const electron = await openApp({ ...app, args }, { CPIS_VIEWER_HOME: home });
      const viewer = await driveViewer(electron, '', simulator);
      // The first round warms all.
      for (let round = 0; round <= rounds; round += 1) {
        for (const relay of Object.values(relays)) relay.endConnections();
        const times = await lookUp(viewer, simulator, roundTripMs);
        if (round > 0) for (const [step, ms] of times) timed.push({ step, roundTripMs, ms });
      }
      await quit(electron);
      console.log(`waits ${kind}, ${roundTripMs} ms: ${rounds} lookups`);
    }
  } finally {
    for (const end of ends) end();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return [press, consent, firstFind, laterFind, scheduled, unscheduled, history].map((step) => {
    const median = (roundTripMs: number) =>
      quantile(
        timed.filter((each) => each.step === step && each.roundTripMs === roundTripMs).map(({ ms }) => ms),
        0.5,
      );
    const [none, few, many] = latencies.map(median);
    const trips = (roundTripMs: number) =>
      (median(roundTripMs) - median(0)) / roundTripMs - (step.redirects ?? 0);
    return {
      name: `${step.name}, ${kind}`,
      value: trips(150),
      unit: 'round trips',
      goal: kind === 'TLS' && step.isFresh ? undefined : step.goal,
      measured: `${none?.toFixed(0)} ms, ${few?.toFixed(0)} at 40 ms (${trips(40).toFixed(2)}), ${many?.toFixed(0)} at 150 ms`,
    };
  });
}

/** From "Sign in" to "Sign in". */
async function lookUp(
  viewer: Viewer,
  simulator: Simulator,
  roundTripMs: number,
): Promise<readonly (readonly [Step, number])[]> {
  const { page } = viewer;
  const seen = async () => (await readTimes(page)).map((at, index, all) => at - (all[index - 1] ?? at));
  const timeFind = async (patient: string) => {
    await page.evaluate(watchFor(heading('Confirm patient')));
    await viewer.find(patient);
    return (await seen())[1] ?? 0;
  };
  const timeCheck = async () => {
    await page.evaluate(watchFor(isThere('.result--found'), isThere('.previous-views table')));
    await page.getByRole('button', { name: 'Check CP-IS' }).click();
    return seen();
  };

  await page.getByRole('button', { name: 'Sign in with Care Identity' }).waitFor();
  await page.evaluate(watchFor(heading('Find a patient')));
  const provider = await viewer.openSignIn();
  const user = provider.getByRole('button', { name: simulator.userName('nurse') });
  await user.waitFor();
  // A user is there for longer than that.
  await wait(5 * roundTripMs + 300);
  const pageAt = await provider.evaluate<number>(
    "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime",
  );
  const consentAt = await user.evaluate((button) => {
    setTimeout(() => button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })));
    return performance.timeOrigin + performance.now();
  });
  const [pressedAt = 0, findAt = 0] = await readTimes(page);
  const first = await timeFind('child-protection');
  await viewer.chooseCare('scheduled');
  const [, silent = 0, historyAfter = 0] = await timeCheck();
  await viewer.findAnother();
  const later = await timeFind('several-plans');
  await viewer.chooseCare('unscheduled');
  const [, notifying = 0] = await timeCheck();
  await viewer.signOut();
  // The viewer ends the session of the user in the background.
  await wait(5 * roundTripMs + 300);
  return [
    [press, pageAt - pressedAt],
    [consent, findAt - consentAt],
    [firstFind, first],
    [laterFind, later],
    [scheduled, silent],
    [unscheduled, notifying],
    [history, historyAfter],
  ];
}
