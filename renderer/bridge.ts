/** The renderer's only way out: `window.viewer`, with every failure turned into a fault to show. */
import type { Reply, Request, RequestName, Viewer } from '../shared/contract.ts';
import { type Fault, makeFault } from '../shared/fault.ts';

declare global {
  interface Window {
    readonly viewer: Viewer;
  }
}

/** Asks the main process once. Never throws, never repeats a request by itself (H4). */
export async function ask<Name extends RequestName>(
  name: Name,
  request: Request<Name>,
): Promise<Reply<Name>> {
  try {
    return await window.viewer.request(name, request);
  } catch {
    return { ok: false, fault: rendererFault() };
  }
}

/** Makes a fault of the window itself, whose reference the support team can tell from a service's. */
export function rendererFault(): Fault {
  return makeFault('internal', `window-${crypto.randomUUID().slice(0, 8)}`);
}
