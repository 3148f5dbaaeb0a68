/**
 * The steps of a whole lookup behind a link with latency, plain and over TLS, each timed by the frame that ends it. Their round
 * trips are what they take longer than without latency. Each sign-in begins with every connection closed, as after a pause.
 * Names are not looked up, and HTTP is 1.1.
 */
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

/** Goals in round trips. `redirects`: the provider's own, which do not count. `opens`: over TLS its new connection costs one more. */
const steps: readonly { name: string; goal: number; redirects?: number; opens?: true }[] = [
  { name: 'press to the provider’s page', goal: 3.2, opens: true },
  { name: 'consent to Find a patient', goal: 4, redirects: 2 },
  { name: 'find to Confirm patient, the first', goal: 1.1 },
  { name: 'check to answer, scheduled', goal: 1.1 },
  { name: 'plan to history', goal: 1.1 },
  { name: 'find to Confirm patient, a later one', goal: 1.1 },
  { name: 'check to answer, unscheduled', goal: 2.1, opens: true },
  // One for the provider's page, one for the code; the platform's is opened again beside them.
  {
    name: 'consent to Find a patient, where the services have ended all',
    goal: 5.2,
    redirects: 2,
    opens: true,
  },
];
const latenciesMs = [0, 40, 150] as const;

export async function measureWaits(app: MeasuredApp, rounds: number): Promise<readonly Figure[]> {
  return [...(await measureOver('plain', app, rounds)), ...(await measureOver('TLS', app, rounds))];
}

async function measureOver(kind: 'plain' | 'TLS', app: MeasuredApp, rounds: number): Promise<Figure[]> {
  const home = await makeProfile(app);
  const authority = kind === 'TLS' ? await createPrivateAuthority(home) : undefined;
  await authority?.trustIn(home);
  const relays = { cis2: await openLatencyRelay(), platform: await openLatencyRelay() };
  const origin = (port: number) => `http${kind === 'TLS' ? 's' : ''}://127.0.0.1:${port}`;
  const simulator = await startSimulator({
    environmentFile: path.join(home, `${kind}.json`),
    args: ['--cis2-origin', origin(relays.cis2.port), '--platform-origin', origin(relays.platform.port)],
  });
  const opened: { close(): void }[] = Object.values(relays);
  for (const name of ['cis2', 'platform'] as const) {
    const service = new URL(simulator.addresses[name]);
    const front = authority && (await openTlsFront(authority, service));
    relays[name].portBehind = front?.port ?? Number(service.port);
    if (front !== undefined) opened.push(front);
  }
  const args = [`--environment=${await app.directory.copyForUser(simulator.environmentFile)}`];
  const timed = new Map<number, (readonly number[])[]>();
  const viewers = new Map<number, Viewer>();
  try {
    // One each, since a viewer asks before it notifies too often in a minute.
    for (const latencyMs of latenciesMs) {
      const electron = await openApp({ ...app, args }, { CPIS_VIEWER_HOME: home });
      viewers.set(latencyMs, await driveViewer(electron, '', simulator));
    }
    // In turns, and the first round warms all.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [latencyMs, viewer] of viewers) {
        const endConnections = () => {
          for (const relay of Object.values(relays)) relay.endConnections();
        };
        endConnections();
        for (const relay of Object.values(relays)) relay.roundTripMs = latencyMs;
        const times = await timeLookup(viewer, simulator, latencyMs, endConnections);
        if (round > 0) timed.set(latencyMs, [...(timed.get(latencyMs) ?? []), times]);
      }
      console.log(`waits, ${kind}, ${round}/${rounds}`);
    }
  } finally {
    for (const { app: electron } of viewers.values()) await quit(electron);
    for (const each of opened) each.close();
    await simulator.stop();
  }
  return steps.map(({ name, goal, redirects = 0, opens }, step) => {
    const median = (latencyMs: number) =>
      quantile(timed.get(latencyMs)?.map((times) => times[step] ?? Number.NaN) ?? [], 0.5);
    const trips = (latencyMs: number) => (median(latencyMs) - median(0)) / latencyMs - redirects;
    const medians = latenciesMs.map((latencyMs) => `${median(latencyMs).toFixed(0)} ms`).join(', ');
    return {
      name: `${name}, ${kind}`,
      value: trips(150),
      unit: 'round trips',
      goal: kind === 'TLS' && opens ? undefined : goal,
      measured: `${trips(40).toFixed(2)} at 40 ms; ${medians} at ${latenciesMs.join(', ')}`,
    };
  });
}

/** From "Sign in" to "Sign in". Milliseconds of each of `steps`. */
async function timeLookup(
  viewer: Viewer,
  simulator: Simulator,
  latencyMs: number,
  endConnections: () => void,
): Promise<readonly number[]> {
  const { page } = viewer;
  /** Longer than what goes on unseen: at the provider's page the user takes longer; after it a session is ended. */
  const settle = () => wait(4 * latencyMs + 200);
  const shown = (heading: string) =>
    watchFor(`document.querySelector('h1')?.textContent.trim() === '${heading}'`);
  const timeFind = async (patient: string) => {
    await page.evaluate(shown('Confirm patient'));
    await viewer.find(patient);
    const [pressedAt = 0, shownAt = 0] = await readTimes(page);
    return shownAt - pressedAt;
  };
  const timeCheck = async () => {
    await page.evaluate(watchFor(isThere('.result--found'), isThere('.previous-views table')));
    await page.getByRole('button', { name: 'Check CP-IS' }).click();
    const [pressedAt = 0, planAt = 0, historyAt = 0] = await readTimes(page);
    return { answer: planAt - pressedAt, history: historyAt - planAt };
  };

  const timeSignIn = async (beforeConsent: () => void) => {
    await page.getByRole('button', { name: 'Sign in with Care Identity' }).waitFor();
    await page.evaluate(shown('Find a patient'));
    const provider = await viewer.openSignIn();
    const user = provider.getByRole('button', { name: simulator.userName('nurse') });
    await user.waitFor();
    await settle();
    beforeConsent();
    const providerAt = await provider.evaluate<number>(
      "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    const consentAt = await user.evaluate((button) => {
      // Later, since the page goes with the press.
      setTimeout(() => button.dispatchEvent(new MouseEvent('click', { bubbles: true })));
      return performance.timeOrigin + performance.now();
    });
    const [pressedAt = 0, findAt = 0] = await readTimes(page);
    return { press: providerAt - pressedAt, consent: findAt - consentAt };
  };

  const { press, consent } = await timeSignIn(() => {});
  const firstFind = await timeFind('child-protection');
  await viewer.chooseCare('scheduled');
  const silent = await timeCheck();
  await viewer.findAnother();
  const laterFind = await timeFind('several-plans');
  await viewer.chooseCare('unscheduled');
  const notifying = await timeCheck();
  await viewer.signOut();
  await settle();
  const late = await timeSignIn(endConnections);
  await viewer.signOut();
  await settle();
  return [
    press,
    consent,
    firstFind,
    silent.answer,
    silent.history,
    laterFind,
    notifying.answer,
    late.consent,
  ];
}
