/**
 * Runs each token's library in its own process, which starts at the first call. The library's code is then not in the
 * process that holds the user's tokens, a slow card does not block the main process, and a library that hangs or crashes
 * is ended and started again for the next call. The main process remembers the PIN that a token has not accepted, so that
 * a wrong PIN is tried once from the viewer's start to its end (H21).
 */
import { SigningKeyUnavailable } from '../signer.ts';
import type { OpenToken } from './pkcs11-key.ts';
import { type ProcessHandle, runTokenProcess, type TokenCall, type TokenProcess } from './token-process.ts';

export interface TokenProcesses {
  readonly openToken: OpenToken;
  /** Ends every process. */
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

  function call(request: TokenCall) {
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
      for (const running of [...processes.values()]) running.end('the viewer is closing');
    },
  };
}
