import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { expect, test, vi } from 'vitest';
import { lockWithSystem } from './system-lock.ts';

test.each(['lock-screen', 'suspend', 'user-did-resign-active', 'shutdown'])(
  'H14: a workstation whose operating system says "%s" locks at once, each time',
  (event) => {
    const system = new EventEmitter();
    const lock = vi.fn();
    lockWithSystem(system as unknown as Pick<PowerMonitor, 'on'>, lock);
    system.emit(event);
    system.emit(event);
    expect(lock).toHaveBeenCalledTimes(2);
  },
);
