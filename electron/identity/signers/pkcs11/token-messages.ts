/** What goes between the main process and the process that a token's library runs in. */
import * as v from 'valibot';

const key = v.object({ tokenLabel: v.string(), keyLabel: v.string(), pinFile: v.string() });
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const tokenRequest = v.variant('ask', [
  v.object({
    ask: v.literal('sign'),
    id: v.number(),
    library: v.string(),
    key,
    data: bytes,
    algorithm: v.picklist(['RS256', 'RS512']),
  }),
  v.object({ ask: v.literal('public-key'), id: v.number(), library: v.string(), key }),
]);

export const tokenReply = v.variant('kind', [
  v.object({ kind: v.literal('signature'), id: v.number(), signature: bytes }),
  v.object({
    kind: v.literal('public-key'),
    id: v.number(),
    publicKey: v.object({ kty: v.literal('RSA'), n: v.string(), e: v.string() }),
  }),
  v.object({ kind: v.literal('fault'), id: v.number(), reason: v.string() }),
]);

export type TokenRequest = v.InferOutput<typeof tokenRequest>;
export type TokenReply = v.InferOutput<typeof tokenReply>;
