import * as v from 'valibot';
import { loadTokenLibrary, type PinHistory, type TokenLibrary } from './token.ts';
import { TokenFault } from './token-fault.ts';
import { type TokenMessage, type TokenReply, type TokenRequest, tokenRequest } from './token-messages.ts';

/** Serves the main process's requests in the token's own process, which loads one library. */
export function serveToken(reply: (message: TokenMessage) => void): (message: unknown) => void {
  let loading: Promise<TokenLibrary> | undefined;

  async function answer(request: TokenRequest): Promise<TokenReply> {
    const { id, key, failedPin } = request;
    const history: PinHistory = { failedPin, onTrial: (pin) => reply({ kind: 'pin-trial', id, pin }) };
    try {
      loading ??= loadTokenLibrary(request.library);
      const library = await loading;
      switch (request.operation) {
        case 'sign':
          return {
            kind: 'signature',
            id,
            signature: await library.sign(key, request.data, request.algorithm, history),
          };
        case 'public-key':
          return { kind: 'public-key', id, publicKey: await library.publicKey(key, history) };
      }
    } catch (error) {
      return error instanceof TokenFault
        ? { kind: 'fault', id, reason: error.message, pinRefused: error.pinRefused }
        : { kind: 'fault', id, reason: 'unknown failure', pinRefused: false };
    }
  }

  return (message) => void answer(v.parse(tokenRequest, message)).then(reply);
}
