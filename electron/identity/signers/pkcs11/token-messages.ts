/** The messages between the main process and the process of a token's library. */
import * as v from 'valibot';

const key = v.object({ tokenLabel: v.string(), keyLabel: v.string(), pinFile: v.string() });
/** SHA-256 of a PIN in base64url. Identifies a PIN that was tried without containing the PIN. */
const pinDigest = v.string();
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const tokenRequest = v.variant('operation', [
  v.object({
    operation: v.literal('sign'),
    id: v.number(),
    library: v.string(),
    key,
    /** The PIN that this token has not accepted since the viewer's start, which is not tried again. */
    failedPin: v.optional(pinDigest),
    data: bytes,
    algorithm: v.picklist(['RS256', 'RS512']),
  }),
  v.object({
    operation: v.literal('public-key'),
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
  /** Sent before a PIN is tried: if the process ends before its reply, the PIN counts as not accepted. */
  v.object({ kind: v.literal('pin-trial'), id: v.number(), pin: pinDigest }),
  v.object({
    kind: v.literal('fault'),
    id: v.number(),
    reason: v.string(),
    /** The token refused the PIN, now or earlier. */
    pinRefused: v.boolean(),
  }),
]);

export type TokenRequest = v.InferOutput<typeof tokenRequest>;
export type TokenMessage = v.InferOutput<typeof tokenMessage>;
export type PinTrial = Extract<TokenMessage, { kind: 'pin-trial' }>;
export type TokenReply = Exclude<TokenMessage, PinTrial>;
