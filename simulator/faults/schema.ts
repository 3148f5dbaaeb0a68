/** The faults that the control server accepts, and the targets that each applies to. */
import * as v from 'valibot';

export const targets = [
  'cis2.discovery',
  'cis2.authorize',
  'cis2.token',
  'cis2.userinfo',
  'cis2.jwks',
  'cis2.revocation',
  'cis2.end-session',
  'platform.token',
  'platform.revocation',
  'pds.read',
  'pds.search',
  'cpis.care-team',
  'cpis.audit-event',
  'patient-flags',
] as const;

export type Target = (typeof targets)[number];

const headers = v.record(v.pipe(v.string(), v.regex(/^[\w-]+$/)), v.pipe(v.string(), v.regex(/^[^\r\n]*$/)));
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000));

const faultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('delay'), ms: milliseconds }),
  /** No answer; the connection stays open until the caller gives up or the simulator stops. */
  v.strictObject({ kind: v.literal('hang') }),
  /** The answer waits for `POST /simulator/faults/release`, so that a test can put answers in order. */
  v.strictObject({ kind: v.literal('hold') }),
  v.strictObject({ kind: v.literal('reset') }),
  /** A content-length that the body never reaches: half of it, then the connection is destroyed. */
  v.strictObject({ kind: v.literal('truncate') }),
  v.strictObject({
    kind: v.literal('slow-body'),
    bytesPerSecond: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)),
  }),
  /** A status with a realistic body for it, or with the given one: a text unchanged, another value as JSON. */
  v.strictObject({
    kind: v.literal('status'),
    status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
    body: v.optional(v.unknown()),
    contentType: v.optional(v.string()),
    headers: v.optional(headers),
  }),
  /** 200 and the HTML page of a proxy. */
  v.strictObject({ kind: v.literal('html') }),
  /** 200 and any text. */
  v.strictObject({ kind: v.literal('body'), contentType: v.string(), body: v.string() }),
  /** 200 and well-formed JSON of this size. */
  v.strictObject({
    kind: v.literal('huge'),
    megabytes: v.pipe(v.number(), v.minValue(0.001), v.maxValue(512)),
  }),
  v.strictObject({ kind: v.literal('redirect'), location: v.pipe(v.string(), v.regex(/^[^\r\n]+$/)) }),
  /** Changes the ID token on its way out of CIS2; `null` deletes a claim or header field. */
  v.strictObject({
    kind: v.literal('id-token'),
    claims: v.optional(v.record(v.string(), v.unknown()), {}),
    header: v.optional(v.record(v.string(), v.unknown()), {}),
    signature: v.optional(v.picklist(['valid', 'broken', 'none', 'other-key']), 'valid'),
  }),
  /** Changes the userinfo answer; `null` deletes a field. */
  v.strictObject({ kind: v.literal('userinfo'), overrides: v.record(v.string(), v.unknown()) }),
  /** Changes the parameters of the redirect back to the application; `null` deletes one. */
  v.strictObject({
    kind: v.literal('callback'),
    parameters: v.optional(v.record(v.string(), v.nullable(v.string())), {}),
    /** Sends the code of the sign-in before this one, which has been used. */
    replayCode: v.optional(v.boolean(), false),
  }),
  /** At once: CIS2 signs with a new key, and stops publishing the old one. */
  v.strictObject({ kind: v.literal('rotate-key') }),
]);

export type Fault = v.InferOutput<typeof faultSchema>;
export type FaultKind = Fault['kind'];

/** The faults that only one server can have. */
const onlyAt: Partial<Record<FaultKind, Target>> = {
  'id-token': 'cis2.token',
  userinfo: 'cis2.userinfo',
  callback: 'cis2.authorize',
  'rotate-key': 'cis2.jwks',
};

export const faultOrderSchema = v.pipe(
  v.strictObject({
    target: v.picklist(targets),
    fault: faultSchema,
    /** How many requests the fault applies to; without a number, every one until the fault is cleared. */
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    /** How many requests pass first. */
    after: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
    /**
     * Whether the service has acted on the request before the fault applies: with `reset`, the local authority has
     * been told and the caller never learns it (H4).
     */
    handled: v.optional(v.boolean(), false),
  }),
  v.check(({ target, fault }) => {
    const only = onlyAt[fault.kind];
    return only === undefined || only === target;
  }, 'this fault does not apply to this target'),
);

export type FaultOrder = v.InferOutput<typeof faultOrderSchema>;
