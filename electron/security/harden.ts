/*
 * ======================================================================================================
 *  EVERYTHING THAT MUST BE TRUE BEFORE THE FIRST WINDOW. Each line carries the rule it serves: the points
 *  of Electron's security checklist. `e2e/security` tests the effect of each in the running application.
 * ======================================================================================================
 */
import { app } from 'electron';
import { refuseUntrustedCertificates } from './certificates.ts';
import { refuseNavigation } from './navigation.ts';
import { denyByDefaultOnNewSessions } from './sessions.ts';
import { registerViewerScheme } from './viewer-scheme.ts';

/** Must run before the app is ready. */
export function hardenApplication(): void {
  app.commandLine.appendSwitch('disable-quic'); // H4: where QUIC breaks, Chromium asks again over TCP by itself
  // `<link rel=dns-prefetch>` looks a name up past proxy, CSP and request handlers, and a name can carry a patient (H10).
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
  app.enableSandbox(); // 4: every renderer is sandboxed, whatever a window asks for
  registerViewerScheme(); // 18: own scheme instead of file://
  denyByDefaultOnNewSessions(); // 5: permissions denied, no network, no download, on every session
  refuseNavigation(); // 12, 13, 14: no webview, no navigation, no new window
  refuseUntrustedCertificates(); // no exception to the system's trust
}
