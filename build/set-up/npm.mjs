/** Runs npm, logs that it still runs, and names the cause where its registry cannot be reached. */
import { spawn } from 'node:child_process';

const networkFailure =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|E40[13]|E407)\b/;

/**
 * @param {string[]} npmArguments
 * @param {string} directory
 * @returns {Promise<void>}
 */
export function npm(npmArguments, directory) {
  return new Promise((resolve, reject) => {
    const [command, ...first] = npmCommand();
    const child = spawn(command, [...first, ...npmArguments], {
      cwd: directory,
      stdio: ['ignore', 'inherit', 'pipe'],
      // On Windows npm is a .cmd file, which only a shell can start.
      shell: command === 'npm.cmd',
    });
    const started = Date.now();
    const heartbeat = setInterval(() => {
      process.stdout.write(`  still at it after ${Math.round((Date.now() - started) / 1000)} s\n`);
    }, 15_000);
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
      process.stderr.write(chunk);
    });
    child.on('error', (error) => {
      clearInterval(heartbeat);
      reject(
        new Error(`npm could not be started (${error.message}). It comes with Node.js: is it on the PATH?`),
      );
    });
    child.on('close', (code) => {
      clearInterval(heartbeat);
      if (code === 0) resolve();
      else reject(new Error(explain(npmArguments[0] ?? '', errors)));
    });
  });
}

/** The npm that runs this script, when there is one: it may not be on the PATH. */
function npmCommand() {
  const running = process.env['npm_execpath'];
  if (running?.endsWith('npm-cli.js')) return /** @type {const} */ ([process.execPath, running]);
  return /** @type {const} */ ([process.platform === 'win32' ? 'npm.cmd' : 'npm']);
}

/**
 * @param {string} verb
 * @param {string} errors
 */
function explain(verb, errors) {
  const reason = networkFailure.exec(errors)?.[1];
  if (reason === undefined) return `npm ${verb} failed; its own words are above.`;
  return [
    `npm could not reach its package registry (${reason}).`,
    'Check the network, and which registry and proxy npm uses:',
    '  npm config get registry',
    '  npm config get https-proxy',
    'then run the command again; what was already fetched is kept.',
  ].join('\n');
}
