/**
 * Environment variables that can undo what the switches and fuses forbid. Electron and Node read some of them before our
 * code runs: a released viewer does not start with these. Other variables are read later: the viewer removes them for
 * itself and for its child processes, and starts, because many computers set them for another program.
 * docs/deployment.md, "Variables", lists the variables that are neither here nor harmless: the system's proxy, the home
 * folder, and those of the system's loader and libraries (`LD_PRELOAD`, `GTK_MODULES` …).
 * Sources: Electron, "Environment Variables", and the names in its executable; Node, "Environment variables"; Chromium,
 * `network_service_instance_impl.cc` (SSLKEYLOGFILE), `setuid_sandbox_host.cc` (CHROME_DEVEL_SANDBOX), `trap.cc`
 * (CHROME_SANDBOX_DEBUGGING); Electron, `electron_crash_reporter_client.cc` (BREAKPAD_DUMP_LOCATION); ICU, `putil.cpp`.
 */
import { stopCoverage } from 'node:v8';

type Variables = Record<string, string | undefined>;

const refused: readonly string[] = [
  // As --enable-logging: writes requested URLs to any file.
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  // As --no-sandbox.
  'ELECTRON_DISABLE_SANDBOX',
  // Replaces Chromium's sandbox helper by another program.
  'CHROME_DEVEL_SANDBOX',
  'CHROME_SANDBOX_DEBUGGING',
  // Node's own diagnostics: the contents of connections on the standard error, warnings in any file.
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_REDIRECT_WARNINGS',
  // Loads compiled code from any folder.
  'NODE_COMPILE_CACHE',
  // Other time zone rules: the dates of a plan would be compared with a wrong time (H20).
  'ICU_TIMEZONE_FILES_DIR',
  'NODE_ICU_DATA',
];

const removed: readonly string[] = [
  // As --ssl-key-log-file: these keys decrypt recorded network traffic.
  'SSLKEYLOGFILE',
  // Any server could pose as the log collector. Newer Nodes use the first two as the system's root certificates.
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_SYSTEM_CA',
  // As --proxy-server, for Node's own requests.
  'NODE_USE_ENV_PROXY',
  // A fuse disables these three in the main process; child processes do not get them either.
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  // Writes the coverage of functions to any folder.
  'NODE_V8_COVERAGE',
  // The process of the token's library would load other code. BoringSSL does not read the last three, but a token's
  // library may bring an OpenSSL that does.
  'ELECTRON_NO_ASAR',
  'NODE_PATH',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'OPENSSL_ENGINES',
  // Crash dumps would be written to a folder from which the viewer does not remove them.
  'BREAKPAD_DUMP_LOCATION',
];

/** The names of the set variables with which the viewer does not start. */
export function refusedVariables(variables: Readonly<Variables>): readonly string[] {
  return refused.filter((name) => variables[name] !== undefined);
}

/** Removes variables. `process.env` passes each change to the system, and so to Chromium. */
export function removeVariables(variables: Variables): void {
  // Node has already begun to measure coverage, and would write it at the exit even without the variable.
  if (variables['NODE_V8_COVERAGE'] !== undefined) stopCoverage();
  for (const name of removed) delete variables[name];
}
