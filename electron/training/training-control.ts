/**
 * A trainer's way to the control server of the simulator, in the training edition: which faults are on, what was notified, and
 * back to the start. Other editions have none.
 */
import * as v from 'valibot';
import { makeFault } from '../../shared/fault.ts';
import { type TrainingFault, type TrainingView, trainingFaultNames } from '../../shared/training.ts';
import { newReference } from '../diagnostics/reference.ts';
import { RefusedRequest } from '../ipc/refused-request.ts';

export interface TrainingControl {
  read(): Promise<TrainingView>;
  set(fault: TrainingFault, on: boolean): Promise<TrainingView>;
  /** No fault, no notification. */
  reset(): Promise<TrainingView>;
}

/** Orders as the simulator takes them. One target has one fault at a time. */
const orders = {
  'cpis-failing': { target: 'cpis.care-team', fault: { kind: 'status', status: 503 } },
  'cpis-damaged': { target: 'cpis.care-team', fault: { kind: 'truncate' } },
  'cpis-silent': { target: 'cpis.care-team', fault: { kind: 'hang' } },
  'notified-and-lost': { target: 'cpis.care-team', fault: { kind: 'reset' }, handled: true },
  'history-failing': { target: 'cpis.audit-event', fault: { kind: 'html' } },
  'pds-failing': { target: 'pds.read', fault: { kind: 'status', status: 503 } },
  'proxy-page': { target: 'cpis.care-team', fault: { kind: 'html' } },
  'sign-in-failing': { target: 'cis2.authorize', fault: { kind: 'status', status: 503 } },
} as const satisfies Readonly<
  Record<TrainingFault, { readonly target: string; readonly fault: object; readonly handled?: true }>
>;

const notificationsSchema = v.array(
  v.object({
    at: v.string(),
    nhsNumber: v.string(),
    name: v.string(),
    localAuthorities: v.array(v.string()),
  }),
);

/** `address`: of the simulator's control server, on this computer. */
export function createTrainingControl(address: string): TrainingControl {
  let active: readonly TrainingFault[] = [];

  async function send(method: 'GET' | 'POST' | 'DELETE', route: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(`/simulator/${route}`, address), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => undefined);
    if (response?.ok !== true) throw new RefusedRequest(makeFault('service-failing', newReference()));
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  async function read(): Promise<TrainingView> {
    const notifications = v.parse(notificationsSchema, await send('GET', 'notifications'));
    return {
      active,
      notifications: notifications
        .map(({ at, nhsNumber, name, localAuthorities }) => ({ at, nhsNumber, user: name, localAuthorities }))
        .toReversed(),
    };
  }

  return {
    read,
    async set(fault, on) {
      const order = orders[fault];
      await send('DELETE', `faults?target=${order.target}`);
      if (on) await send('POST', 'faults', order);
      const others = active.filter((each) => orders[each].target !== order.target);
      active = trainingFaultNames.filter((each) => others.includes(each) || (on && each === fault));
      return read();
    },
    async reset() {
      await send('POST', 'reset');
      active = [];
      return read();
    },
  };
}
