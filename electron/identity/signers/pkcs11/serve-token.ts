/** Answers the main process from inside the token's own process. One library a process. */
import * as v from 'valibot';
import { loadTokenLibrary, type TokenLibrary } from './token.ts';
import { TokenFault } from './token-fault.ts';
import { type TokenReply, type TokenRequest, tokenRequest } from './token-messages.ts';

export function serveToken(reply: (message: TokenReply) => void): (message: unknown) => void {
  let loading: Promise<TokenLibrary> | undefined;

  async function answer(request: TokenRequest): Promise<TokenReply> {
    const { id, key } = request;
    try {
      loading ??= loadTokenLibrary(request.library);
      const library = await loading;
      switch (request.ask) {
        case 'sign':
          return {
            kind: 'signature',
            id,
            signature: await library.sign(key, request.data, request.algorithm),
          };
        case 'public-key':
          return { kind: 'public-key', id, publicKey: await library.publicKey(key) };
      }
    } catch (error) {
      return { kind: 'fault', id, reason: error instanceof TokenFault ? error.message : 'unknown failure' };
    }
  }

  return (message) => void answer(v.parse(tokenRequest, message)).then(reply);
}
