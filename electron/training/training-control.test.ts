/** Against a real simulator. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { trainingFaultNames } from '../../shared/training.ts';
import { type Simulator, startSimulator } from '../../simulator/client.ts';
import { RefusedRequest } from '../ipc/refused-request.ts';
import { createTrainingControl } from './training-control.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.reset());

async function activeInSimulator(): Promise<number> {
  const response = await fetch(`${simulator.control}/simulator/faults`);
  const { active } = (await response.json()) as { readonly active: readonly unknown[] };
  return active.length;
}

describe('a trainer', () => {
  test.each(trainingFaultNames)('turns "%s" on and off', async (fault) => {
    const control = createTrainingControl(simulator.control);
    expect((await control.set(fault, true)).active).toEqual([fault]);
    expect(await activeInSimulator()).toBe(1);
    expect((await control.set(fault, false)).active).toEqual([]);
    expect(await activeInSimulator()).toBe(0);
  });

  test('has one fault of a service at a time, and those of others beside it', async () => {
    const control = createTrainingControl(simulator.control);
    await control.set('cpis-failing', true);
    await control.set('pds-failing', true);
    expect((await control.set('proxy-page', true)).active).toEqual(['pds-failing', 'proxy-page']);
    expect(await activeInSimulator()).toBe(2);
  });

  test('goes back to the start', async () => {
    const control = createTrainingControl(simulator.control);
    await control.set('cpis-failing', true);
    expect(await control.reset()).toEqual({ active: [], notifications: [] });
    expect(await activeInSimulator()).toBe(0);
  });

  test('is told when the simulator is gone', async () => {
    const control = createTrainingControl('http://127.0.0.1:1');
    await expect(control.read()).rejects.toBeInstanceOf(RefusedRequest);
  });
});
