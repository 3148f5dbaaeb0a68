/** A check that CP-IS does not answer yet. */
import type { Simulator } from '../simulator/client.ts';
import type { CareSetting, Viewer } from './driver/viewer-page.ts';
import { expect } from './fixtures.ts';

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
