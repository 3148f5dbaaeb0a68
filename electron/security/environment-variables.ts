/**
 * Variables that open what the switches and fuses close. Those that Electron acts on before any code of ours runs are too
 * late to take away: a released viewer does not start with them. Those that are read later are taken away, for itself and
 * for the processes that it starts: many computers have one set for another program, and need not be kept from working.
 * What the system's loader and libraries read (`LD_PRELOAD`, `GTK_MODULES` …) cannot be closed from within: whoever sets it
 * runs code of their own as this user in any case.
 * Sources: Electron, "Environment Variables", and the names in its executable; Node, "Environment variables"; Chromium,
 * `network_service_instance_impl.cc` (SSLKEYLOGFILE), `setuid_sandbox_host.cc` (CHROME_DEVEL_SANDBOX).
 */

type Variables = Record<string, string | undefined>;

const refused: readonly string[] = [
  // As --enable-logging: addresses that are asked for, in a file of anyone's choice.
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  // As --no-sandbox.
  'ELECTRON_DISABLE_SANDBOX',
  // A program in the place of Chromium's sandbox helper.
  'CHROME_DEVEL_SANDBOX',
];

const forgotten: readonly string[] = [
  // As --ssl-key-log-file: with these keys a recording of the network can be read.
  'SSLKEYLOGFILE',
  // Any server would pass for the log collector.
  'NODE_TLS_REJECT_UNAUTHORIZED',
  // A fuse closes these three in the main process; they are not handed on either.
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  // Node's own diagnostics, which print requests.
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_V8_COVERAGE',
  // Compiled code from a folder of anyone's choice.
  'NODE_COMPILE_CACHE',
  // The process that holds the token's library would look for it beside the archive.
  'ELECTRON_NO_ASAR',
];

/** The names of those that the viewer does not start with. */
export function refusedVariables(variables: Readonly<Variables>): readonly string[] {
  return refused.filter((name) => variables[name] !== undefined);
}

/** `process.env` hands each change on to the system, and so to Chromium. */
export function forgetVariables(variables: Variables): void {
  for (const name of forgotten) delete variables[name];
}
