/** One process that a token's library runs in, and the questions that it has yet to answer. */
import * as v from 'valibot';
import { SigningKeyUnavailable } from '../signer.ts';
import { type PinTrial, type TokenReply, type TokenRequest, tokenMessage } from './token-messages.ts';

/** As Electron's `utilityProcess` and Node's `child_process` have it. */
export interface ProcessHandle {
  send(request: TokenRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
export type TokenQuestion = WithoutId<TokenRequest>;

export interface TokenProcess {
  /** Throws `SigningKeyUnavailable`. */
  ask(question: TokenQuestion, pinListener: PinListener): Promise<Exclude<TokenReply, { kind: 'fault' }>>;
  end(reason: string): void;
}

/** What becomes of the PIN of a question, where the token wants one. Neither is called where it wants none. */
export interface PinListener {
  /** Called with its digest before it is tried. */
  readonly onPinTried: (pin: string) => void;
  /** The token has answered, and has not refused it. Not called where the process ends without an answer. */
  readonly onPinTaken: () => void;
}

interface Asker extends PinListener {
  triedPin: boolean;
  readonly resolve: (reply: Exclude<TokenReply, { kind: 'fault' }>) => void;
  readonly reject: (error: SigningKeyUnavailable) => void;
}

/** `timeout` in milliseconds. `onEnded` is called once, whatever ended it: it answers nothing more. */
export function runTokenProcess(handle: ProcessHandle, timeout: number, onEnded: () => void): TokenProcess {
  const askers = new Map<number, Asker>();
  let asked = 0;
  let ended = false;

  function end(reason: string): void {
    if (ended) return;
    ended = true;
    onEnded();
    handle.kill();
    for (const { reject } of askers.values()) reject(unavailable(reason));
    askers.clear();
  }

  function settle(reply: TokenReply): void {
    const asker = askers.get(reply.id);
    askers.delete(reply.id);
    const isRefused = reply.kind === 'fault' && reply.pinRefused;
    if (asker?.triedPin === true && !isRefused) asker.onPinTaken();
    if (reply.kind === 'fault') asker?.reject(unavailable(reply.reason));
    else asker?.resolve(reply);
  }

  function notePinTrial({ id, pin }: PinTrial): void {
    const asker = askers.get(id);
    if (asker === undefined) return;
    asker.triedPin = true;
    asker.onPinTried(pin);
  }

  handle.onExit(() => end('its library ended unexpectedly'));
  handle.onMessage((message) => {
    const parsed = v.safeParse(tokenMessage, message);
    if (!parsed.success) end('its library process answered out of form');
    else if (parsed.output.kind === 'pin-trial') notePinTrial(parsed.output);
    else settle(parsed.output);
  });

  return {
    end,
    async ask(question, pinListener) {
      asked += 1;
      const id = asked;
      const timer = setTimeout(() => end('it did not answer in time'), timeout);
      try {
        return await new Promise((resolve, reject) => {
          askers.set(id, { ...pinListener, triedPin: false, resolve, reject });
          handle.send({ ...question, id });
        });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function unavailable(reason: string): SigningKeyUnavailable {
  return new SigningKeyUnavailable(`PKCS #11 token: ${reason}`);
}
