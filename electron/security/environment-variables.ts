/**
 * Variables that open what the switches and fuses close. Those that Electron and Node act on before any code of ours runs
 * are too late to take away: a released viewer does not start with them. Those that are read later are taken away, for
 * itself and for the processes that it starts: many computers have one set for another program, and need not be kept from
 * working. What is neither here nor harmless is said in docs/deployment.md, "Variables": the proxy of the system, the home
 * folder, and what the loader and the libraries of the system read (`LD_PRELOAD`, `GTK_MODULES` …).
 * Sources: Electron, "Environment Variables", and the names in its executable; Node, "Environment variables"; Chromium,
 * `network_service_instance_impl.cc` (SSLKEYLOGFILE), `setuid_sandbox_host.cc` (CHROME_DEVEL_SANDBOX), `trap.cc`
 * (CHROME_SANDBOX_DEBUGGING); Electron, `electron_crash_reporter_client.cc` (BREAKPAD_DUMP_LOCATION); ICU, `putil.cpp`.
 */
import { stopCoverage } from 'node:v8';

type Variables = Record<string, string | undefined>;

const refused: readonly string[] = [
  // As --enable-logging: addresses that are asked for, in a file of anyone's choice.
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  // As --no-sandbox.
  'ELECTRON_DISABLE_SANDBOX',
  // A program in the place of Chromium's sandbox helper.
  'CHROME_DEVEL_SANDBOX',
  'CHROME_SANDBOX_DEBUGGING',
  // Node's own diagnostics: what connections carry on the standard error, warnings in a file of anyone's choice.
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_REDIRECT_WARNINGS',
  // Compiled code from a folder of anyone's choice.
  'NODE_COMPILE_CACHE',
  // Other rules of summer time: a plan would be judged by a wrong hour (H20).
  'ICU_TIMEZONE_FILES_DIR',
  'NODE_ICU_DATA',
];

const forgotten: readonly string[] = [
  // As --ssl-key-log-file: with these keys a recording of the network can be read.
  'SSLKEYLOGFILE',
  // Any server would pass for the log collector. Newer Nodes take the first two for the system's own roots.
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_SYSTEM_CA',
  // As --proxy-server, for Node's own requests.
  'NODE_USE_ENV_PROXY',
  // A fuse closes these three in the main process; they are not handed on either.
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  // Which functions have run, in a folder of anyone's choice.
  'NODE_V8_COVERAGE',
  // The process that holds the token's library would load code from elsewhere. BoringSSL reads none of the last three; a
  // token's library may bring an OpenSSL that does.
  'ELECTRON_NO_ASAR',
  'NODE_PATH',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'OPENSSL_ENGINES',
  // Dumps of crashed processes would go elsewhere than the policy's end removes them from.
  'BREAKPAD_DUMP_LOCATION',
];

/** The names of those that the viewer does not start with. */
export function refusedVariables(variables: Readonly<Variables>): readonly string[] {
  return refused.filter((name) => variables[name] !== undefined);
}

/** `process.env` hands each change on to the system, and so to Chromium. */
export function forgetVariables(variables: Variables): void {
  // Node has begun to count by now, and would write at the end whatever has become of the variable.
  if (variables['NODE_V8_COVERAGE'] !== undefined) stopCoverage();
  for (const name of forgotten) delete variables[name];
}
