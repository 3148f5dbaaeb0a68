import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../answer.ts';
import { htmlProxyPage, hugeBody, statusBody } from './bodies.ts';
import type { ActiveFault, Faults } from './faults.ts';
import type { Fault, Target } from './schema.ts';

export interface Delivery {
  readonly response: ServerResponse;
  readonly target: Target;
  readonly faults: Faults;
  /** The fault for this request, if any. */
  readonly applied: ActiveFault | undefined;
  /** Acts on the request and returns the service's response. */
  readonly handle: () => Promise<Answer>;
}

/** Sends a response, with the fault that is applied to it. */
export async function deliver({ response, target, faults, applied, handle }: Delivery): Promise<void> {
  if (applied === undefined) return send(response, await handle());
  const { fault, handled } = applied;
  switch (fault.kind) {
    case 'delay':
    case 'hold': {
      const early = handled ? await handle() : undefined;
      const end = await faults.pause(target, fault.kind === 'delay' ? fault.ms : undefined);
      if (end === 'dropped') {
        response.destroy();
        return;
      }
      return send(response, early ?? (await handle()));
    }
    case 'truncate':
      return truncate(response, await handle());
    case 'slow-body':
      return sendSlowly(response, await handle(), fault.bytesPerSecond);
    // These change the response where it is made.
    case 'id-token':
    case 'userinfo':
    case 'callback':
    case 'rotate-key':
      return send(response, await handle());
    case 'hang':
    case 'reset':
    case 'status':
    case 'html':
    case 'body':
    case 'huge':
    case 'redirect': {
      if (handled) await handle();
      const replacement = replacementFor(target, fault);
      if (replacement === 'hang') return;
      if (replacement === 'reset') {
        response.socket?.resetAndDestroy();
        return;
      }
      return send(response, replacement);
    }
  }
}

type ReplacingFault = Extract<
  Fault,
  { readonly kind: 'hang' | 'reset' | 'status' | 'html' | 'body' | 'huge' | 'redirect' }
>;

function replacementFor(target: Target, fault: ReplacingFault): Answer | 'hang' | 'reset' {
  switch (fault.kind) {
    case 'hang':
    case 'reset':
      return fault.kind;
    case 'status':
      return statusBody(target, fault);
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: htmlProxyPage };
    case 'body':
      return { status: 200, headers: { 'content-type': fault.contentType }, body: fault.body };
    case 'huge':
      return hugeBody(target, fault.megabytes);
    case 'redirect':
      return { status: 302, headers: { location: fault.location }, body: '' };
  }
}

/** At once, and whole. */
export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(answer.body) }),
  });
  response.end(answer.body);
}

function truncate(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length + 1 });
  // The connection is destroyed only after the half is written: otherwise the caller sees a reset instead of a short body.
  response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

/** Ten pieces a second, so that a reader sees progress rather than one late lump. */
async function sendSlowly(response: ServerResponse, answer: Answer, bytesPerSecond: number): Promise<void> {
  if (response.destroyed) return;
  const body = Buffer.from(answer.body);
  const piece = Math.max(1, Math.floor(bytesPerSecond / 10));
  const pause = (piece / bytesPerSecond) * 1_000;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  for (let sent = 0; sent < body.length && !response.destroyed; sent += piece) {
    response.write(body.subarray(sent, sent + piece));
    await wait(pause, undefined, { ref: false });
  }
  response.end();
}
