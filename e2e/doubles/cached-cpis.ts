import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { serveOnLoopback } from './loopback.ts';

export interface CachedCpis {
  readonly baseUrl: string;
  /** How long its next answer for a resource takes, from the first byte of the request until its own first byte. */
  nextAnswerMs(resource: string): Promise<number>;
  /** The address of the same bytes. The caller needs no token. */
  bareUrl(resource: string): string;
  close(): Promise<void>;
}

/**
 * A CP-IS for measurements that caches the simulator's first answer for each resource, and answers every later request
 * with the same bytes. It measures how long each answer takes.
 */
export async function startCachedCpis(simulatedBaseUrl: string): Promise<CachedCpis> {
  const kept = new Map<string, Buffer>();
  const waiting = new Map<string, (ms: number) => void>();

  async function bytesFor({ headers }: IncomingMessage, resource: string, search: string): Promise<Buffer> {
    const known = kept.get(resource);
    if (known !== undefined) return known;
    const { authorization = '', traceid = '' } = headers as Record<string, string>;
    const response = await fetch(`${simulatedBaseUrl}/${resource}${search}`, {
      headers: {
        authorization,
        traceid,
        accept: 'application/fhir+json',
        'x-request-id': crypto.randomUUID(),
        isunscheduledaccessevent: 'false',
      },
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${resource}.`);
    const bytes = Buffer.from(await response.arrayBuffer());
    kept.set(resource, bytes);
    return bytes;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrivedAt = performance.now();
    const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const resource = path.posix.basename(pathname);
    try {
      const bytes = await bytesFor(request, resource, search);
      response.writeHead(200, {
        'Content-Type': 'application/fhir+json; charset=utf-8',
        'Content-Length': bytes.byteLength,
      });
      // Before the bytes go: the client may have read them all before this process runs again.
      const answeredAfterMs = performance.now() - arrivedAt;
      response.end(bytes);
      waiting.get(resource)?.(answeredAfterMs);
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  }

  const served = await serveOnLoopback((request, response) => void answer(request, response));
  const { origin: baseUrl, close } = served;
  return {
    baseUrl,
    nextAnswerMs: (resource) => new Promise((resolve) => waiting.set(resource, resolve)),
    bareUrl: (resource) => `${baseUrl}/${resource}`,
    close,
  };
}
