/**
 * A CP-IS that answers from memory: the first answer to each question comes from the simulator, every later one is the
 * same bytes again. So an answer takes next to no time, how long it took is known, and it can be made as long as wanted.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface StandInService {
  readonly baseUrl: string;
  /** Its next answer to a resource: when the question arrived, when the last byte was handed over. Milliseconds since 1970. */
  answerTo(resource: string): Promise<Stay>;
  /** The address of the same bytes once more, for whoever has no permission to ask. */
  repeatUrl(resource: string): string;
  /** Milliseconds that the last of those took. */
  lastRepeatTook(): number;
  /** What is answered to a resource from now on, made from what the simulator said. */
  change(resource: string, make: (body: unknown) => unknown): void;
  close(): Promise<void>;
}

export interface Stay {
  readonly arrived: number;
  readonly left: number;
}

interface Kept {
  readonly original: unknown;
  bytes: Buffer;
}

const repeat = '/repeat/';
const fhir = 'application/fhir+json; charset=utf-8';

export async function startStandInService(simulatedBaseUrl: string): Promise<StandInService> {
  const kept = new Map<string, Kept>();
  const waiting = new Map<string, (stay: Stay) => void>();
  let repeatTook = 0;

  async function bytesFor(request: IncomingMessage, resource: string, search: string): Promise<Buffer> {
    const known = kept.get(resource);
    if (known !== undefined) return known.bytes;
    const answer = await fetch(`${simulatedBaseUrl}/${resource}${search}`, { headers: forwarded(request) });
    if (!answer.ok) throw new Error(`The simulator answered ${answer.status} to ${resource}.`);
    const text = await answer.text();
    const fresh = { original: JSON.parse(text), bytes: Buffer.from(text) };
    kept.set(resource, fresh);
    return fresh.bytes;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = now();
    const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const resource = path.posix.basename(pathname);
    try {
      const bytes = await bytesFor(request, resource, search);
      response.writeHead(200, { 'Content-Type': fhir, 'Content-Length': bytes.byteLength });
      response.end(bytes);
      const left = now();
      if (pathname.startsWith(repeat)) {
        repeatTook = left - arrived;
      } else {
        waiting.get(resource)?.({ arrived, left });
        waiting.delete(resource);
      }
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl,
    answerTo: (resource) => new Promise((resolve) => waiting.set(resource, resolve)),
    repeatUrl: (resource) => `${baseUrl}${repeat}${resource}`,
    lastRepeatTook: () => repeatTook,
    change(resource, make) {
      const known = kept.get(resource);
      if (known === undefined) throw new Error(`Nobody has asked for ${resource} yet.`);
      known.bytes = Buffer.from(JSON.stringify(make(known.original)));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function forwarded(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).filter(
      (header): header is [string, string] =>
        typeof header[1] === 'string' && !['host', 'connection', 'accept-encoding'].includes(header[0]),
    ),
  );
}
