/** The least of the Chrome DevTools protocol: it asks a page that is already there, and is gone again. */
export interface Devtools {
  send<Result>(method: string, parameters?: object, sessionId?: string): Promise<Result>;
  onEvent(listener: (event: DevtoolsEvent) => void): void;
  close(): void;
}

export interface DevtoolsEvent {
  readonly method: string;
  readonly params: { readonly sessionId?: string; readonly targetInfo?: { readonly type: string } };
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export async function connectDevtools(address: string): Promise<Devtools> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`No DevTools at ${address}`));
  });
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const listeners: ((event: DevtoolsEvent) => void)[] = [];
  let lastId = 0;
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Answer | DevtoolsEvent;
    if ('method' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) asker?.resolve(message.result);
    else asker?.reject(new Error(message.error.message));
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('DevTools are gone'));
    waiting.clear();
  };
  return {
    send<Result>(method: string, params: object = {}, sessionId?: string) {
      lastId += 1;
      const id = lastId;
      return new Promise<Result>((resolve, reject) => {
        waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
        socket.send(
          JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
        );
      });
    },
    onEvent: (listener) => void listeners.push(listener),
    close: () => socket.close(),
  };
}

/** The value of an expression in a page, awaited. */
export async function evaluate<Value>(
  devtools: Devtools,
  expression: string,
  sessionId?: string,
): Promise<Value> {
  const { result, exceptionDetails } = await devtools.send<{
    readonly result: { readonly value: Value };
    readonly exceptionDetails?: { readonly text: string };
  }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
  return result.value;
}
