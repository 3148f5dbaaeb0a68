/**
 * Keeps each token's library in a process of its own, started when it is first asked for. The maker's code is then not
 * in the process that holds the user's tokens, a card that takes seconds to answer holds nothing up, and a library that
 * hangs or crashes is ended, and started anew for the next question. Which PIN a token has not taken is remembered here,
 * over the end of such a process: a wrong PIN is tried once from the viewer's start to its end.
 */
import { SigningKeyUnavailable } from '../signer.ts';
import type { OpenToken } from './pkcs11-key.ts';
import {
  type ProcessHandle,
  runTokenProcess,
  type TokenProcess,
  type TokenQuestion,
} from './token-process.ts';

export interface TokenProcesses {
  readonly openToken: OpenToken;
  /** Ends every process. */
  close(): void;
}

/** `timeout` in milliseconds, for each question. */
export function createTokenProcesses(start: () => ProcessHandle, timeout: number): TokenProcesses {
  const processes = new Map<string, TokenProcess>();

  function processFor(library: string): TokenProcess {
    const running = processes.get(library);
    if (running !== undefined) return running;
    const started = runTokenProcess(start(), timeout, () => processes.delete(library));
    processes.set(library, started);
    return started;
  }

  /** By library and token, the digest of a PIN that was tried and, as far as is known, not taken. */
  const failedPins = new Map<string, string>();

  function ask(question: TokenQuestion) {
    const token = JSON.stringify([question.library, question.key.tokenLabel]);
    return processFor(question.library).ask(
      { ...question, failedPin: failedPins.get(token) },
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
          const reply = await ask({ ask: 'sign', library, key, data, algorithm });
          if (reply.kind === 'signature') return reply.signature;
          throw new SigningKeyUnavailable('PKCS #11 token: it answered another question');
        },
        async publicKey() {
          const reply = await ask({ ask: 'public-key', library, key });
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
