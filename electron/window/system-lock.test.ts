import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { expect, test, vi } from 'vitest';
import { lockWithSystem } from './system-lock.ts';

vi.mock('./linux-desktop-lock.ts', () => ({ watchLinuxDesktopLock: () => undefined }));

// Whether Windows and macOS send them is not shown here, nor anywhere else: only that the viewer listens.
test.each(['lock-screen', 'user-did-resign-active'])(
  'H14: Electron’s "%s", which Windows and macOS send, locks at once',
  (event) => {
    const events = new EventEmitter();
    const lock = vi.fn();
    const powerMonitor = { on: events.on.bind(events) as unknown as PowerMonitor['on'] };
    lockWithSystem({ powerMonitor, lock, onBus: () => undefined });
    events.emit(event);
    expect(lock).toHaveBeenCalledOnce();
  },
);
