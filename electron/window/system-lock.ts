import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PowerMonitor } from 'electron';
import type { BusName, LinuxDesktopLockOptions } from './linux-desktop-lock.ts';

export interface SystemLockOptions {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly lock: () => void;
  readonly onBus: LinuxDesktopLockOptions['onBus'];
}

export interface SystemLock {
  describe(): string;
}

/**
 * Locks the viewer at once when the system locks, sleeps, shuts down or changes user (H14), also during a sign-in, which
 * another person could finish.
 * Source: Electron, `powerMonitor`.
 */
export function lockWithSystem({ powerMonitor, lock, onBus }: SystemLockOptions): SystemLock {
  // Windows and macOS. A change of user on Windows locks the screen first.
  powerMonitor.on('lock-screen', lock);
  // Every system; on Linux from logind's `PrepareForSleep`.
  powerMonitor.on('suspend', lock);
  // macOS: a change of user.
  powerMonitor.on('user-did-resign-active', lock);
  // macOS; on Linux from logind's `PrepareForShutdown`.
  powerMonitor.on('shutdown', lock);
  return process.platform === 'linux'
    ? lockWithLinuxDesktop(lock, onBus)
    : { describe: () => "By the system's own events" };
}

function lockWithLinuxDesktop(lock: () => void, onBus: SystemLockOptions['onBus']): SystemLock {
  const states = new Map<BusName, string>([
    ['session', 'not known yet'],
    ['system', 'not known yet'],
  ]);
  // The page's first questions are answered before: nobody has signed in yet, and 100 kB of code take their time.
  const loaded = nextTurn().then(() => import('./linux-desktop-lock.ts'));
  void loaded.then(({ watchLinuxDesktopLock }) =>
    watchLinuxDesktopLock({
      variables: process.env,
      userId: process.getuid?.() ?? 0,
      onLock: lock,
      onBus(bus, state, reason) {
        states.set(bus, state === 'watched' ? 'watched' : `CANNOT BE REACHED (${reason})`);
        onBus(bus, state, reason);
      },
    }),
  );
  return { describe: () => [...states].map(([bus, state]) => `${bus} bus: ${state}`).join('; ') };
}
