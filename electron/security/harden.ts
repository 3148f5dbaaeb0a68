/*
 * ======================================================================================================
 *  Everything that must hold before the first window. The comment of each line names its point in
 *  Electron's security checklist. `e2e/security` tests the effect of each in the running application.
 * ======================================================================================================
 */
import { app } from 'electron';
import { refuseUntrustedCertificates } from './certificates.ts';
import { refuseNavigation } from './navigation.ts';
import { denyByDefaultOnNewSessions } from './sessions.ts';
import { registerViewerScheme } from './viewer-scheme.ts';

/** Must run before the app is ready. */
export function hardenApplication(): void {
  app.commandLine.appendSwitch('disable-quic'); // H4: when QUIC breaks, Chromium repeats the request over TCP by itself
  // `<link rel=dns-prefetch>` bypasses proxy, CSP and request handlers, and a host name can carry patient data (H10).
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
  app.enableSandbox(); // 4: every renderer is sandboxed, whatever a window asks for
  registerViewerScheme(); // 18: own scheme instead of file://
  denyByDefaultOnNewSessions(); // 5: permissions denied, no network, no download, on every session
  refuseNavigation(); // 12, 13, 14: no webview, no navigation, no new window
  refuseUntrustedCertificates(); // no exception to the system's trust
}
