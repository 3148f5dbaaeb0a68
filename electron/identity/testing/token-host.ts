import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serveToken } from '../signers/pkcs11/serve-token.ts';
import type { ProcessHandle } from '../signers/pkcs11/token-process.ts';

/** For tests: a token's process as a plain child process of Node. */
export function startNodeTokenProcess(script = fileURLToPath(import.meta.url)): ProcessHandle {
  const child = fork(script, ['token'], { serialization: 'advanced', stdio: 'ignore', execArgv: [] });
  return {
    send: (request) => child.send(request),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill('SIGKILL'),
  };
}

if (process.argv[2] === 'token') {
  const answer = serveToken((reply) => process.send?.(reply));
  process.on('message', answer);
}
