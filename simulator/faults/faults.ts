/** The queue of ordered faults, and the requests that are being held. */
import type { FaultKind, FaultOrder, Target } from './schema.ts';

export interface ActiveFault extends FaultOrder {
  readonly id: number;
  /** How many requests it has struck. */
  readonly struck: number;
}

export interface Faults {
  readonly order: (order: FaultOrder) => ActiveFault;
  /** The fault that strikes this request, if any; counts it. `kinds` narrows which are looked at. */
  readonly take: (target: Target, kinds?: (kind: FaultKind) => boolean) => ActiveFault | undefined;
  readonly active: () => readonly ActiveFault[];
  /** Clears the faults, of one target or of all, and lets held requests go. */
  readonly clear: (target?: Target) => void;
  /** Clears the faults and breaks off what they keep waiting, so that nothing happens after a reset. */
  readonly drop: () => void;
  /** Keeps a request waiting: for so many milliseconds, or until it is released. */
  readonly pause: (target: Target, ms?: number) => Promise<'go' | 'dropped'>;
  /** The requests that wait to be released. */
  readonly held: () => readonly Target[];
  readonly release: (target?: Target) => number;
}

interface Laid {
  readonly id: number;
  readonly order: FaultOrder;
  seen: number;
  struck: number;
}

interface Paused {
  readonly target: Target;
  /** Ends by itself. */
  readonly timed: boolean;
  readonly end: (how: 'go' | 'dropped') => void;
}

export function createFaults(): Faults {
  let laid: readonly Laid[] = [];
  let paused: readonly Paused[] = [];
  let nextId = 1;

  const view = ({ id, order, struck }: Laid): ActiveFault => ({ ...order, id, struck });

  const held = () => paused.filter(({ timed }) => !timed);

  const release = (target?: Target): number => {
    const released = held().filter((request) => target === undefined || request.target === target);
    for (const { end } of released) end('go');
    return released.length;
  };

  return {
    order: (order) => {
      const fault: Laid = { id: nextId, order, seen: 0, struck: 0 };
      nextId += 1;
      laid = [...laid, fault];
      return view(fault);
    },
    take: (target, kinds = () => true) => {
      const fault = laid.find(({ order }) => order.target === target && kinds(order.fault.kind));
      if (fault === undefined) return undefined;
      fault.seen += 1;
      if (fault.seen <= fault.order.after) return undefined;
      fault.struck += 1;
      if (fault.struck === fault.order.times) laid = laid.filter((other) => other !== fault);
      return view(fault);
    },
    active: () => laid.map(view),
    clear: (target) => {
      laid = laid.filter(({ order }) => target !== undefined && order.target !== target);
      release(target);
    },
    drop: () => {
      laid = [];
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
