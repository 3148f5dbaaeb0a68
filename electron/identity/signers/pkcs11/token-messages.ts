/** What goes between the main process and the process that a token's library runs in. */
import * as v from 'valibot';

const key = v.object({ tokenLabel: v.string(), keyLabel: v.string(), pinFile: v.string() });
/** SHA-256 of a PIN, in base64url: by it a PIN that was tried is known again, and only by it. */
const pinDigest = v.string();
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const tokenRequest = v.variant('ask', [
  v.object({
    ask: v.literal('sign'),
    id: v.number(),
    library: v.string(),
    key,
    /** A PIN that this token has been given since the viewer's start and has not taken: it is not tried again. */
    failedPin: v.optional(pinDigest),
    data: bytes,
    algorithm: v.picklist(['RS256', 'RS512']),
  }),
  v.object({
    ask: v.literal('public-key'),
    id: v.number(),
    library: v.string(),
    key,
    failedPin: v.optional(pinDigest),
  }),
]);

export const tokenMessage = v.variant('kind', [
  v.object({ kind: v.literal('signature'), id: v.number(), signature: bytes }),
  v.object({
    kind: v.literal('public-key'),
    id: v.number(),
    publicKey: v.object({ kty: v.literal('RSA'), n: v.string(), e: v.string() }),
  }),
  /** A PIN is about to be tried: should the process end before it answers, it is not known whether it was taken. */
  v.object({ kind: v.literal('pin-trial'), id: v.number(), pin: pinDigest }),
  v.object({
    kind: v.literal('fault'),
    id: v.number(),
    reason: v.string(),
    /** The token has refused the PIN, now or before. */
    pinRefused: v.boolean(),
  }),
]);

export type TokenRequest = v.InferOutput<typeof tokenRequest>;
export type TokenMessage = v.InferOutput<typeof tokenMessage>;
export type PinTrial = Extract<TokenMessage, { kind: 'pin-trial' }>;
export type TokenReply = Exclude<TokenMessage, PinTrial>;
