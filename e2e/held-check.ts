/** A patient or a check that a service does not answer yet. */
import type { Simulator } from '../simulator/client.ts';
import type { CareSetting, Viewer } from './driver/viewer-page.ts';
import { expect } from './fixtures.ts';
import { untilSettled } from './screens.ts';

/** Looks for a synthetic patient, and returns when PDS holds the answer back, until the simulator releases it. */
export async function findAndHold(viewer: Viewer, simulator: Simulator, patient: string): Promise<void> {
  await simulator.fault('pds.read', { kind: 'hold' }, { times: 1 });
  await viewer.enterNumber(simulator.patient(patient).nhsNumber);
  await expect.poll(simulator.held).toBe(1);
}

/** Asks about a synthetic patient, and returns when CP-IS holds the answer back, until the simulator clears its faults. */
export async function askAndHold(
  viewer: Viewer,
  simulator: Simulator,
  patient: string,
  careSetting: CareSetting,
): Promise<void> {
  await simulator.fault('cpis.care-team', { kind: 'hold' }, { times: 1 });
  await viewer.ask(patient, careSetting);
  await expect.poll(simulator.held).toBe(1);
}

/** Releases the held requests, and waits until none is open any more and every answer has arrived in the page. */
export async function releaseHeld({ page }: Viewer, simulator: Simulator): Promise<void> {
  await simulator.clearFaults();
  await expect
    .poll(async () => (await simulator.requests()).filter(({ state }) => state === 'open').length)
    .toBe(0);
  await untilSettled(page);
}
