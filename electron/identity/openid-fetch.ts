/** openid-client's requests, over the network of the main process. */
import type { CustomFetch } from 'openid-client';
import { readJson } from '../network/body.ts';
import type { Network } from '../network/network.ts';
import { refuse } from './identity-fault.ts';

/** Leaves out openid-client's own time limit: the network has one, `timeoutMs`, and `signal` ends the sign-in. */
export function createOpenIdFetch(
  network: Pick<Network, 'fetch'>,
  timeoutMs: number,
): (signal: AbortSignal) => CustomFetch {
  const send = network.fetch(timeoutMs);
  return (signal) =>
    async (url, { method, headers, body }) => {
      const response = await send(url, {
        method,
        // The library adds a charset, which this media type does not define and the platform refuses.
        headers: { ...headers, ...(body instanceof URLSearchParams ? formHeader : {}) },
        ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
        signal,
      });
      // `openid-fault.ts` recognises a page. The library itself accepts any media type that parses.
      if (isPage(response.headers) || response.status !== 200) return response;
      if (!isJson(response.headers)) return refuse('answer-not-understood', 'content type');
      // The library takes the last of two members with one name; `readJson` refuses both.
      const bytes = new Uint8Array(await response.clone().arrayBuffer());
      return readJson(bytes) === undefined ? refuse('answer-not-understood', 'JSON') : response;
    };
}

const formHeader = { 'content-type': 'application/x-www-form-urlencoded' };

/** OpenID Connect Discovery, section 4.2; RFC 6749, section 5.1; OpenID Connect Core, section 5.3.2. */
function isJson(headers: Headers): boolean {
  return /^application\/([\w.-]+\+)?json *(;|$)/i.test(headers.get('content-type') ?? '');
}

function isPage(headers: Headers): boolean {
  return /^text\/html/i.test(headers.get('content-type') ?? '');
}
