/** H14: the viewer locks with the computer, and a user knows what does not lock it. */
import type { Row } from './control.ts';

export const lock: readonly Row[] = [
  {
    hazard: 'H14',
    control: 'The screen saver of a Linux desktop locks the viewer',
    file: 'electron/window/linux-desktop-lock.ts',
    find: 'if (isScreenSaverActive(message)) onLock();',
    replace: 'isScreenSaverActive(message);',
    testFile: 'e2e/safety/desktop-lock.spec.ts',
    test: 'H14: the viewer locks at once when the screen saver of GNOME becomes active',
  },
  {
    hazard: 'H14',
    control: 'A lock that systemd-logind sends locks the viewer',
    file: 'electron/window/linux-desktop-lock.ts',
    find: 'return v.is(lockSignal, message) || v.is(propertiesChanged, message);',
    replace: 'return v.is(propertiesChanged, message) && !v.is(lockSignal, message);',
    testFile: 'e2e/safety/desktop-lock.spec.ts',
    test: 'H14: the viewer locks at once when logind sends "Lock"',
  },
  {
    hazard: 'H14',
    control: 'A change of user on a Linux desktop locks the viewer',
    file: 'electron/window/linux-desktop-lock.ts',
    find: 'v.looseObject({ Active: v.literal(false) })',
    replace: "v.looseObject({ Active: v.literal('never') })",
    testFile: 'e2e/safety/desktop-lock.spec.ts',
    test: 'H14: the viewer locks at once when another session comes to the front (change of user)',
  },
  {
    hazard: 'H14',
    control: 'A computer that is put to sleep locks the viewer',
    file: 'electron/window/system-lock.ts',
    find: "  powerMonitor.on('suspend', lock);",
    replace: '',
    testFile: 'e2e/safety/desktop-lock.spec.ts',
    test: 'H14: the viewer locks when the computer is put to sleep',
  },
  {
    hazard: 'H14',
    control: 'The viewer listens to the lock of Windows and macOS (that they send it is not shown)',
    file: 'electron/window/system-lock.ts',
    find: "  powerMonitor.on('lock-screen', lock);",
    replace: '',
    testFile: 'electron/window/system-lock.test.ts',
    test: 'H14: Electron’s "lock-screen", which Windows and macOS send, locks at once',
  },
  {
    hazard: 'H14',
    control: '"Sign in" says that taking out a smartcard does not lock',
    file: 'renderer/features/sign-in/sign-in.tsx',
    find: '<p>Taking out your smartcard does not lock: press Lock when you leave.</p>',
    replace: '',
    testFile: 'renderer/features/sign-in/sign-in.test.tsx',
    test: 'H14: "Sign in" and Help say that taking out a smartcard does not lock',
  },
];
