/**
 * Locks the viewer at once when the system locks, sleeps or changes user (H14): in the middle of a sign-in too, which
 * somebody else could finish.
 * Source: Electron, `powerMonitor`.
 */
import type { PowerMonitor } from 'electron';

export function lockWithSystem(powerMonitor: Pick<PowerMonitor, 'on'>, lock: () => void): void {
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
  // Exists on macOS only; elsewhere a change of user locks the screen first.
  powerMonitor.on('user-did-resign-active', lock);
  powerMonitor.on('shutdown', lock);
}
