/**
 * Runs each token's library in its own process, which starts at the first call. The library's code is then not in the
 * process that holds the user's tokens, a slow card does not block the main process, and a library that hangs or crashes
 * is ended and started again for the next call. A library gets one call at a time: each has the whole time limit for itself,
 * and is sent once it is known what became of the PIN of the one before. The main process remembers the PIN that a token has
 * not accepted, so that a wrong PIN is tried once from the viewer's start to its end (H21).
 */
import { SigningKeyUnavailable } from '../signer.ts';
import type { OpenToken } from './pkcs11-key.ts';
import { type ProcessHandle, runTokenProcess, type TokenCall, type TokenProcess } from './token-process.ts';

const closing = 'the viewer is closing';

export interface TokenProcesses {
  readonly openToken: OpenToken;
  /** Ends every process; no call starts another. */
  close(): void;
}

/** `timeoutMs`: for each call. */
export function createTokenProcesses(start: () => ProcessHandle, timeoutMs: number): TokenProcesses {
  const processes = new Map<string, TokenProcess>();

  function processFor(library: string): TokenProcess {
    const running = processes.get(library);
    if (running !== undefined) return running;
    const started = runTokenProcess(start(), timeoutMs, () => processes.delete(library));
    processes.set(library, started);
    return started;
  }

  /** By library and token, the digest of a PIN that was tried and is not known to be accepted. */
  const failedPins = new Map<string, string>();

  /** By library; each settles when its last call has ended. */
  const lastCalls = new Map<string, Promise<unknown>>();
  let isClosed = false;

  function call(request: TokenCall) {
    const before = lastCalls.get(request.library) ?? Promise.resolve();
    const reply = before.then(() => send(request));
    lastCalls.set(
      request.library,
      reply.catch(() => undefined),
    );
    return reply;
  }

  function send(request: TokenCall) {
    if (isClosed) throw new SigningKeyUnavailable(`PKCS #11 token: ${closing}`);
    const token = JSON.stringify([request.library, request.key.tokenLabel]);
    return processFor(request.library).call(
      { ...request, failedPin: failedPins.get(token) },
      {
        onPinTried: (pin) => failedPins.set(token, pin),
        onPinTaken: () => failedPins.delete(token),
      },
    );
  }

  return {
    openToken: ({ library, tokenLabel, keyLabel, pinFile }) => {
      const key = { tokenLabel, keyLabel, pinFile };
      return {
        async signBytes(data, algorithm) {
          const reply = await call({ operation: 'sign', library, key, data, algorithm });
          if (reply.kind === 'signature') return reply.signature;
          throw new SigningKeyUnavailable('PKCS #11 token: it answered another question');
        },
        async publicKey() {
          const reply = await call({ operation: 'public-key', library, key });
          if (reply.kind === 'public-key') return reply.publicKey;
          throw new SigningKeyUnavailable('PKCS #11 token: it answered another question');
        },
      };
    },
    close() {
      isClosed = true;
      for (const running of [...processes.values()]) running.end(closing);
    },
  };
}
