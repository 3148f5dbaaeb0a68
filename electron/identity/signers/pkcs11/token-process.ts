/** One process of a token's library, with its pending requests. */
import * as v from 'valibot';
import { SigningKeyUnavailable } from '../signer.ts';
import { type PinTrial, type TokenReply, type TokenRequest, tokenMessage } from './token-messages.ts';

/** What Electron's `utilityProcess` and Node's `child_process` have in common. */
export interface ProcessHandle {
  send(request: TokenRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
export type TokenCall = WithoutId<TokenRequest>;

export interface TokenProcess {
  /** Throws `SigningKeyUnavailable`. */
  call(request: TokenCall, pinListener: PinListener): Promise<Exclude<TokenReply, { kind: 'fault' }>>;
  end(reason: string): void;
}

/** Reports the result of a PIN. Neither function is called where the token needs no PIN. */
export interface PinListener {
  /** Called with the PIN's digest before the PIN is tried. */
  readonly onPinTried: (pin: string) => void;
  /** Called when the token has replied without refusing the PIN. Not called if the process ends without a reply. */
  readonly onPinTaken: () => void;
}

interface PendingCall extends PinListener {
  triedPin: boolean;
  readonly resolve: (reply: Exclude<TokenReply, { kind: 'fault' }>) => void;
  readonly reject: (error: SigningKeyUnavailable) => void;
}

/** `timeoutMs`: for each call. `onEnded` is called once, for whatever reason the process ended. */
export function runTokenProcess(handle: ProcessHandle, timeoutMs: number, onEnded: () => void): TokenProcess {
  const pending = new Map<number, PendingCall>();
  let lastId = 0;
  let ended = false;

  function end(reason: string): void {
    if (ended) return;
    ended = true;
    onEnded();
    handle.kill();
    for (const { reject } of pending.values()) reject(unavailable(reason));
    pending.clear();
  }

  function settle(reply: TokenReply): void {
    const call = pending.get(reply.id);
    pending.delete(reply.id);
    const isRefused = reply.kind === 'fault' && reply.pinRefused;
    if (call?.triedPin === true && !isRefused) call.onPinTaken();
    if (reply.kind === 'fault') call?.reject(unavailable(reply.reason));
    else call?.resolve(reply);
  }

  function notePinTrial({ id, pin }: PinTrial): void {
    const call = pending.get(id);
    if (call === undefined) return;
    call.triedPin = true;
    call.onPinTried(pin);
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
    async call(request, pinListener) {
      lastId += 1;
      const id = lastId;
      const timer = setTimeout(() => end('it did not answer in time'), timeoutMs);
      try {
        return await new Promise((resolve, reject) => {
          pending.set(id, { ...pinListener, triedPin: false, resolve, reject });
          handle.send({ ...request, id });
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
