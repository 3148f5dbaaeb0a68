import { EventEmitter } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import type { ClientRequestConstructorOptions } from 'electron';
import type { NetRequest } from '../session-request.ts';

/** Electron's `net.request` over Node's own HTTP: emits `login` at a 407, and sends the request again with the log-in. */
export function openNodeRequest({ url = '', method, headers }: ClientRequestConstructorOptions): NetRequest {
  const events = new EventEmitter();
  let current: ClientRequest | undefined;
  function send(body: string | undefined, authorisation?: string): void {
    const more = authorisation === undefined ? {} : { 'proxy-authorization': authorisation };
    current = request(url, { method: method ?? 'GET', headers: { ...headers, ...more } }, (answer) => {
      if (answer.statusCode !== 407) return void events.emit('response', answer);
      events.emit('login', challenge, (user?: string, password?: string) => {
        if (user === undefined) events.emit('response', answer);
        else send(body, `${user}:${password}`);
      });
    });
    current.on('error', (error) => events.emit('error', error));
    current.end(body);
  }
  return Object.assign(events, { end: send, abort: () => current?.destroy() });
}

const challenge = { isProxy: true, scheme: 'basic', host: 'proxy.example', port: 8080 };
