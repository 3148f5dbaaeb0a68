/**
 * The steps of a whole lookup behind a link with latency, plain and over TLS, each timed by the frame that ends it. Their round
 * trips are what they take longer than without latency. Each sign-in begins with every connection closed, as after a pause.
 * Names are not looked up, and HTTP is 1.1.
 */
import { chmod, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../../simulator/client.ts';
import { openLatencyRelay } from '../doubles/latency-relay.ts';
import { createPrivateAuthority } from '../doubles/private-authority.ts';
import { openTlsFront } from '../doubles/tls-front.ts';
import { quit } from '../driver/quit.ts';
import type { CareSetting, Viewer } from '../driver/viewer-page.ts';
import { type Bench, openViewer } from './apps.ts';
import { inTurns, type Measured, quantile } from './figures.ts';
import { during, firstPaint, frameTimes, timePress } from './frame-times.ts';

/** `redirects`: the provider's own, which do not count. `opens`: over TLS its new connection costs one more. */
const steps: readonly { name: string; goal: number; redirects?: number; opens?: true }[] = [
  { name: 'press to the provider’s page', goal: 3.2, opens: true },
  { name: 'consent to Find a patient', goal: 4, redirects: 2 },
  { name: 'find to Confirm patient, the first', goal: 1.1 },
  { name: 'check to answer, scheduled', goal: 1.1 },
  { name: 'plan to history', goal: 1.1 },
  { name: 'find to Confirm patient, a later one', goal: 1.1 },
  { name: 'check to answer, unscheduled', goal: 2.1, opens: true },
  // One for the provider's page, one for the code; the platform's is opened again beside them.
  { name: 'consent to Find a patient, after the services ended all', goal: 5.2, redirects: 2, opens: true },
];

/** Medians of the lookups for each latency, after one that warms all. */
export async function measureWaits(bench: Bench): Promise<readonly Measured[]> {
  return [...(await measureOver('plain', bench)), ...(await measureOver('TLS', bench))];
}

async function measureOver(kind: 'plain' | 'TLS', { viewer: app, rounds }: Bench) {
  const home = await mkdtemp(path.join(app.directory.profiles, 'home-'));
  await chmod(home, 0o777);
  const authority = kind === 'TLS' ? await createPrivateAuthority(home) : undefined;
  await authority?.trustIn(home);
  const relays = { cis2: await openLatencyRelay(), platform: await openLatencyRelay() };
  const origin = ({ port }: { port: number }) => `http${authority ? 's' : ''}://127.0.0.1:${port}`;
  const simulator = await startSimulator({
    environmentFile: path.join(home, `${kind}.json`),
    args: ['--cis2-origin', origin(relays.cis2), '--platform-origin', origin(relays.platform)],
  });
  const closers: (() => unknown)[] = [simulator.stop, relays.cis2.close, relays.platform.close];
  try {
    for (const name of ['cis2', 'platform'] as const) {
      const service = new URL(simulator.addresses[name]);
      const front = authority && (await openTlsFront(authority, service));
      relays[name].portBehind = front?.port ?? Number(service.port);
      if (front !== undefined) closers.push(front.close);
    }
    const args = [`--environment=${await app.directory.copyForUser(simulator.environmentFile)}`];
    const endConnections = () => {
      for (const relay of Object.values(relays)) relay.endConnections();
    };
    const lookUp = async (latencyMs: number) => {
      // One each, since a viewer asks before it notifies too often in a minute.
      const viewer = await openViewer({ ...app, args }, simulator, { CPIS_VIEWER_HOME: home });
      closers.push(() => quit(viewer.app));
      return () => {
        endConnections();
        for (const relay of Object.values(relays)) relay.roundTripMs = latencyMs;
        return timeSteps(viewer, simulator, latencyMs, endConnections);
      };
    };
    const timed = await inTurns(`waits, ${kind}`, rounds(3, 5), 1, {
      '0 ms:': await lookUp(0),
      '40 ms:': await lookUp(40),
      '150 ms:': await lookUp(150),
    });
    return steps.map(({ name, goal, redirects = 0, opens }, step): Measured => {
      const medians = timed.map((rows) => quantile(rows.map((times) => times[step] ?? Number.NaN)));
      const [none = 0, short = 0, long = 0] = medians;
      const value = (long - none) / 150 - redirects;
      const atShort = ((short - none) / 40 - redirects).toFixed(2);
      const all = medians.map((ms) => `${ms.toFixed(0)} ms`).join(', ');
      const measured = `${atShort} at 40 ms; ${all} at 0, 40, 150`;
      const figure = { name: `${name}, ${kind}`, value, unit: 'round trips', measured } as const;
      return kind === 'TLS' && opens ? figure : { ...figure, goal };
    });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** From "Sign in" to "Sign in". Milliseconds of each of `steps`. */
async function timeSteps(
  viewer: Viewer,
  simulator: Simulator,
  latencyMs: number,
  endConnections: () => void,
) {
  const { page } = viewer;
  /** Longer than what goes on unseen: at the provider's page the user takes longer; after it a session is ended. */
  const settle = () => wait(4 * latencyMs + 200);
  const until = (heading: string, act: () => Promise<unknown>) =>
    during(page, frameTimes(`document.querySelector('h1')?.textContent.trim() === '${heading}'`), act);
  const timeSignIn = async (beforeConsent = () => {}) => {
    await page.getByRole('button', { name: 'Sign in with Care Identity' }).waitFor();
    let [providerAt, consentAt] = [0, 0];
    const [pressedAt = 0, findAt = 0] = await until('Find a patient', async () => {
      const provider = await viewer.openSignIn();
      const user = provider.getByRole('button', { name: simulator.userName('nurse') });
      await user.waitFor();
      await settle();
      beforeConsent();
      providerAt = await provider.evaluate<number>(firstPaint);
      // Later than the answer, since the page goes with the press.
      consentAt = await user.evaluate((button: HTMLElement) => {
        setTimeout(() => button.click());
        return performance.timeOrigin + performance.now();
      });
    });
    return [providerAt - pressedAt, findAt - consentAt];
  };
  const timeFind = async (patient: string) => {
    const [pressedAt = 0, shownAt = 0] = await until('Confirm patient', () => viewer.find(patient));
    return shownAt - pressedAt;
  };
  const timeCheck = async (careSetting: CareSetting) => {
    await viewer.chooseCare(careSetting);
    return timePress(page, 'Check CP-IS', '.result--found', '.previous-views table');
  };
  const signOut = async () => {
    await viewer.signOut();
    await settle();
  };

  const [press = 0, consent = 0] = await timeSignIn();
  const firstFind = await timeFind('child-protection');
  const [plans = 0, withHistory = 0] = await timeCheck('scheduled');
  await viewer.findAnother();
  const laterFind = await timeFind('several-plans');
  const [notified = 0] = await timeCheck('unscheduled');
  await signOut();
  const [, lateConsent = 0] = await timeSignIn(endConnections);
  await signOut();
  return [press, consent, firstFind, plans, withHistory - plans, laterFind, notified, lateConsent];
}
