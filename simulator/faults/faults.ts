import type { FaultKind, FaultOrder, Target } from './schema.ts';

export interface ActiveFault extends FaultOrder {
  readonly id: number;
  readonly applied: number;
}

export interface Faults {
  readonly order: (order: FaultOrder) => ActiveFault;
  /** The fault to apply to this request, if any; counts the request. `kinds` limits the kinds of fault. */
  readonly take: (target: Target, kinds?: (kind: FaultKind) => boolean) => ActiveFault | undefined;
  readonly active: () => readonly ActiveFault[];
  /** Clears the faults, of one target or of all, and releases held requests. */
  readonly clear: (target?: Target) => void;
  /** Clears the faults and aborts the requests that wait for them, so that nothing happens after a reset. */
  readonly drop: () => void;
  /** Keeps a request waiting: for so many milliseconds, or until it is released. */
  readonly pause: (target: Target, ms?: number) => Promise<'go' | 'dropped'>;
  /** The requests that wait to be released. */
  readonly held: () => readonly Target[];
  readonly release: (target?: Target) => number;
}

interface QueuedFault {
  readonly id: number;
  readonly order: FaultOrder;
  seen: number;
  applied: number;
}

interface Paused {
  readonly target: Target;
  /** A timer ends the pause. */
  readonly timed: boolean;
  readonly end: (how: 'go' | 'dropped') => void;
}

/** The queue of ordered faults, and the requests that are being held. */
export function createFaults(): Faults {
  let queued: readonly QueuedFault[] = [];
  let paused: readonly Paused[] = [];
  let nextId = 1;

  const view = ({ id, order, applied }: QueuedFault): ActiveFault => ({ ...order, id, applied });

  const held = () => paused.filter(({ timed }) => !timed);

  const release = (target?: Target): number => {
    const released = held().filter((request) => target === undefined || request.target === target);
    for (const { end } of released) end('go');
    return released.length;
  };

  return {
    order: (order) => {
      const fault: QueuedFault = { id: nextId, order, seen: 0, applied: 0 };
      nextId += 1;
      queued = [...queued, fault];
      return view(fault);
    },
    take: (target, kinds = () => true) => {
      const fault = queued.find(({ order }) => order.target === target && kinds(order.fault.kind));
      if (fault === undefined) return undefined;
      fault.seen += 1;
      if (fault.seen <= fault.order.after) return undefined;
      fault.applied += 1;
      if (fault.applied === fault.order.times) queued = queued.filter((other) => other !== fault);
      return view(fault);
    },
    active: () => queued.map(view),
    clear: (target) => {
      queued = queued.filter(({ order }) => target !== undefined && order.target !== target);
      release(target);
    },
    drop: () => {
      queued = [];
      for (const { end } of paused) end('dropped');
    },
    pause: (target, ms) =>
      new Promise((resolve) => {
        const pause: Paused = {
          target,
          timed: ms !== undefined,
          end: (how) => {
            clearTimeout(timer);
            paused = paused.filter((other) => other !== pause);
            resolve(how);
          },
        };
        const timer = ms === undefined ? undefined : setTimeout(() => pause.end('go'), ms);
        paused = [...paused, pause];
      }),
    held: () => held().map(({ target }) => target),
    release,
  };
}
