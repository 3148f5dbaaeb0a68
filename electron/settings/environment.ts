/**
 * The schema of an environment: the addresses of Care Identity, the platform, PDS and CP-IS, and the signing keys of the
 * site. A JSON file holds it. Each point that the published guides leave open is a field, with the safest default.
 */
import path from 'node:path';
import * as v from 'valibot';
import { hostAndPort } from '../../shared/policy.ts';
import { isEncryptionKey } from '../audit/jwe.ts';
import { keyName } from './key-name.ts';

/** Checks a URL only where it parses, since the validator continues after the first problem. */
function checkUrl(isRight: (url: URL) => boolean, problem: string) {
  return v.check<string, string>((text) => !URL.canParse(text) || isRight(new URL(text)), problem);
}

/** HTTPS everywhere; plain HTTP only to this computer, which is where the simulator and tests live. */
const serviceUrl = v.pipe(
  v.string(),
  v.url('must be a URL'),
  checkUrl(
    (url) => url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)),
    'must be an https address (http only on 127.0.0.1)',
  ),
  checkUrl(
    ({ username, password, hash }) => username === '' && password === '' && hash === '',
    'must carry no user, password or fragment',
  ),
  // A comparison of hosts sees two hosts with and without the dot; a connection reaches the same one.
  checkUrl(({ hostname }) => !hostname.endsWith('.'), 'must not end its host with a dot'),
);

/** The loopback addresses of RFC 8252, section 7.3; never the name "localhost", which a resolver may redirect. */
export function isLoopback(url: URL): boolean {
  return url.hostname === '127.0.0.1' || url.hostname === '[::1]';
}

/** `host` or `host:port`, as a URL writes it. */
function isHost(text: string): boolean {
  if (!URL.canParse(`http://${text}`)) return false;
  const { host, hostname } = new URL(`http://${text}`);
  return host === text && !hostname.endsWith('.');
}

const text = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(2_000));
/** Trimmed as `secret-file.ts` does: blanks around a copied secret are not part of it. */
const secret = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(2_000));
/** Level 2 or 3 of Care Identity: PDS takes no lower one, and nobody is shown a child's plan after less. */
const assuranceLevel = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(3));

/** RFC 7517 private RSA key: the members that node:crypto needs. */
const privateRsaJwk = v.strictObject({
  kty: v.literal('RSA'),
  n: text,
  e: text,
  d: text,
  p: text,
  q: text,
  dp: text,
  dq: text,
  qi: text,
});

/** An absolute path: the meaning of a relative one depends on the working folder of the start. */
const absolutePath = v.pipe(
  text,
  v.check((file) => path.posix.isAbsolute(file) || path.win32.isAbsolute(file), 'must be an absolute path'),
);

/** The place of a signing key. See `docs/keys.md`. */
const signer = v.variant('kind', [
  /** The simulator creates this key at each start; refused beside a service or a record system on another computer. */
  v.strictObject({ kind: v.literal('development'), kid: text, privateKey: privateRsaJwk }),
  /** An administrator imports this key once; safeStorage encrypts it under this name. */
  v.strictObject({ kind: v.literal('stored'), kid: text, name: keyName }),
  v.strictObject({
    kind: v.literal('pkcs11'),
    kid: text,
    /** The token's PKCS #11 library. */
    library: absolutePath,
    tokenLabel: text,
    keyLabel: text,
    /** The file that holds the PIN; the PIN itself is never a setting. */
    pinFile: absolutePath,
  }),
  /** HTTPS signing in the manner of Vault and OpenBao Transit. */
  v.strictObject({
    kind: v.literal('remote'),
    kid: text,
    baseUrl: serviceUrl,
    mount: v.optional(v.pipe(text, v.regex(/^[\w-]+(\/[\w-]+)*$/)), 'transit'),
    key: v.pipe(text, v.regex(/^[\w-]{1,64}$/)),
    /** A `kid` stands for one version of the key: a new version is a new key. */
    keyVersion: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
    tokenFile: absolutePath,
  }),
]);

/** The next key: published at least an hour before `from`, because the platform caches a JWKS for an hour. */
const nextSigner = v.strictObject({
  from: v.pipe(
    v.string(),
    v.isoTimestamp('must be a time such as 2027-01-15T06:00:00Z'),
    v.transform((time) => Date.parse(time)),
  ),
  signer,
});

/** RFC 7469: the hash of the public key in a certificate authority's certificate. */
const issuerKeys = v.optional(
  v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.regex(/^sha256\/[A-Za-z0-9+/]{43}=$/, 'must be "sha256/" and 44 characters of base64'),
      ),
    ),
    v.minLength(1, 'must name one at least'),
    v.maxLength(20, 'must name 20 at most'),
  ),
);

/** The registered, the sent and the returned URI are compared character by character. */
const writtenInFull = v.check<string, string>(
  (address) => !URL.canParse(address) || (new URL(address).href === address && !address.includes('?')),
  'must be written in full, with a path, without a query and without a default port',
);

const scopeList = v.array(v.pipe(text, v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/)));
const surface = v.optional(v.picklist(['window', 'system-browser']), 'window');
const hosts = v.optional(
  v.array(v.pipe(text, v.check(isHost, 'must be a host, or a host and its port'))),
  [],
);

const cis2Schema = v.strictObject({
  /** Compared verbatim: for NHS Care Identity the `:443` is part of the string. */
  issuer: serviceUrl,
  clientId: text,
  /** Caught in the sign-in window before any request leaves; listened on only by the system-browser surface. */
  redirectUri: v.optional(v.pipe(serviceUrl, writtenInFull), 'http://127.0.0.1:47113/callback'),
  scopes: v.optional(
    v.pipe(
      scopeList,
      v.check((scopes) => scopes.includes('openid'), 'must include "openid"'),
    ),
    ['openid', 'profile', 'nhsperson', 'nationalrbacaccess', 'associatedorgs', 'selectedrole'],
  ),
  /** See `electron/identity/acr-values.ts` for what is asked for without it. */
  acrValues: v.optional(text),
  /** Requested at the sign-in after one with too low an assurance level. */
  strongestAcrValues: v.optional(text, 'AAL3_ANY'),
  leastAuthenticationAssurance: v.optional(assuranceLevel, 2),
  leastIdentityAssurance: v.optional(assuranceLevel, 3),
  clientAuthentication: v.variant('method', [
    v.strictObject({
      method: v.literal('private_key_jwt'),
      signer,
      nextSigner: v.optional(nextSigner),
      algorithm: v.optional(v.picklist(['RS512', 'RS256']), 'RS512'),
    }),
    v.strictObject({ method: v.literal('client_secret_post'), clientSecret: secret }),
  ]),
  /** The signature algorithms that an ID token may have. */
  idTokenAlgorithm: v.optional(v.picklist(['RS256', 'ES256']), 'RS256'),
  surface,
  /** Further hosts that the sign-in pages may use, beside the issuer's own. */
  signInHosts: hosts,
  /**
   * The method of the request to the end-session endpoint, where discovery names one. OpenID Connect RP-Initiated Logout
   * demands both methods, but not every provider supports both. With `get` the URL contains the ID token.
   */
  endSession: v.optional(v.picklist(['post', 'get', 'off']), 'post'),
  /** Lets the user choose a role in the viewer where Care Identity selected none; otherwise sign-in fails. */
  rolePicker: v.optional(v.boolean(), false),
});

const platformSchema = v.strictObject({
  tokenUrl: serviceUrl,
  /** RFC 7009. The platform's pages name none. */
  revocationUrl: v.optional(serviceUrl),
  apiKey: secret,
  signer,
  nextSigner: v.optional(nextSigner),
  /** With a secret the viewer uses the refresh token; without one it exchanges the ID token again. */
  clientSecret: v.optional(secret),
});

const pdsSchema = v.strictObject({
  baseUrl: serviceUrl,
  /** Send `NHSD-Session-URID`: PDS's conformance asks for it. */
  sendRole: v.optional(v.boolean(), true),
  /** Send `NHSD-End-User-Organisation-ODS`: PDS demands it of an application that serves several organisations. */
  sendOrganisation: v.optional(v.boolean(), true),
});

const cpisSchema = v.strictObject({
  baseUrl: serviceUrl,
  wireFormat: v.optional(v.picklist(['care-team', 'patient-flags']), 'care-team'),
  /**
   * The access history is read after the plans. `silent` marks that second read as scheduled, so that one check by the
   * user never notifies twice (H4); `as-chosen` repeats the user's choice, for a service that demands it.
   */
  historyRequest: v.optional(v.picklist(['silent', 'as-chosen']), 'silent'),
  /** One page of the guide adds an `_include`; its worked example does not. */
  includePractitionerRole: v.optional(v.boolean(), false),
  /** Send `NHSD-Session-URID`; needed where the user chose the role in the viewer. */
  sendRole: v.optional(v.boolean(), false),
  /** Send `NHSD-End-User-Organisation-ODS`. */
  sendOrganisation: v.optional(v.boolean(), false),
});

/** RFC 6901. */
const jsonPointer = v.pipe(
  text,
  v.regex(/^(\/([^~/]|~[01])+)+$/, 'must be a JSON pointer, such as /patient'),
);

/** A record system that speaks SMART App Launch. */
const recordSystemSchema = v.strictObject({
  /** Compared verbatim with `iss` of a link, and sent as `aud`. */
  iss: serviceUrl,
  /** Must be the `issuer` of the metadata, verbatim. With it the metadata are those of OpenID Connect Discovery. */
  issuer: v.optional(serviceUrl),
  /** Where the metadata are, if neither standard says so. */
  metadataUrl: v.optional(serviceUrl),
  clientId: text,
  redirectUri: v.optional(
    v.pipe(
      v.union([serviceUrl, v.pipe(v.string(), v.regex(/^cpis-viewer:\/\/[a-z][\w.-]*(\/[\w./-]*)?$/))]),
      writtenInFull,
    ),
    'http://127.0.0.1:47114/launch',
  ),
  scopes: v.optional(
    v.pipe(
      scopeList,
      v.check((scopes) => scopes.includes('launch'), 'must include "launch"'),
    ),
    ['launch'],
  ),
  surface,
  /** Further hosts that the pages and endpoints may use, beside that of `issuer` or `iss`. */
  hosts,
  /** Where the answer of the token endpoint has the NHS number. The claims of an ID token are at `/id_token`. */
  nhsNumberAt: v.optional(jsonPointer, '/patient'),
  /** `identifier`: with its system before it. A number alone could be the id of a FHIR resource. */
  nhsNumberForm: v.optional(v.picklist(['identifier', 'number']), 'identifier'),
  /** Where it has the date of birth, `YYYY-MM-DD`. */
  birthDateAt: v.optional(jsonPointer),
  /** Where it has the Care Identity user id of the user of the record system. */
  userIdAt: v.optional(jsonPointer),
});

export const environmentSchema = v.strictObject({
  /** The values that NHS England publishes; the file adds the site's own. See `presets.ts`. */
  preset: v.optional(v.picklist(['integration', 'production'])),
  /** Shown on every screen that is not hidden. */
  tag: v.pipe(text, v.maxLength(24)),
  /** Whether the answers are about real people. */
  live: v.boolean(),
  cis2: cis2Schema,
  platform: platformSchema,
  pds: pdsSchema,
  cpis: cpisSchema,
  session: v.optional(
    v.strictObject({
      /** Minutes without the user before the viewer locks. */
      idleLockMinutes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(60)), 15),
      /** Hours after which the session ends whatever the user does. */
      absoluteHours: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(12)), 12),
      /** Minutes after which a result is stale, and hidden until the user shows it or checks again (H12). */
      coverResultMinutes: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(60)), 10),
    }),
    {},
  ),
  /** A site can fix the care setting; the choice is then shown, not hidden. */
  careSetting: v.optional(v.picklist(['user-chooses', 'unscheduled', 'scheduled']), 'user-chooses'),
  audit: v.optional(
    v.strictObject({
      /** The audit trail encrypts NHS numbers to this key; without it the trail stores none (see `docs/audit.md`). */
      publicKey: v.optional(v.pipe(text, v.check(isEncryptionKey, 'must be a P-256 public key'))),
      /** The site's log collector, as host and port: syslog over TLS. */
      forwardTo: v.optional(v.pipe(text, v.regex(hostAndPort, 'must be a host and a port'))),
      /** PEM: the only certificates that the collector may have. */
      forwardCertificateFile: v.optional(absolutePath),
    }),
    {},
  ),
  launch: v.optional(
    v.strictObject({
      /** The site's server that redeems one-time launch codes; without it the viewer follows none. */
      redeemUrl: v.optional(serviceUrl),
      /** Compared verbatim with the issuer of a link with a code. */
      issuer: v.optional(text),
      /** The only record systems whose SMART launches the viewer follows. */
      recordSystems: v.optional(v.array(recordSystemSchema), []),
    }),
    {},
  ),
  proxyLogIn: v.optional(
    v.strictObject({
      /** As the system or its PAC file names it: no other proxy receives the credentials. */
      proxy: v.pipe(text, v.regex(hostAndPort, 'must be a host and a port')),
      /** The file that holds the user and the password; they are never a setting. */
      file: absolutePath,
    }),
  ),
  /** Beside the system's trust, one of these keys must be in the chain of a service's certificate. */
  certificateIssuers: v.optional(
    v.strictObject({
      careIdentity: issuerKeys,
      platform: issuerKeys,
      services: issuerKeys,
      signer: issuerKeys,
      launch: issuerKeys,
    }),
    {},
  ),
  timeoutSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(60)), 20),
});

export type Environment = v.InferOutput<typeof environmentSchema>;
export type RecordSystemSettings = Environment['launch']['recordSystems'][number];
export type SignerSettings = Environment['platform']['signer'];
/** A signer, and the next one. */
export type SignersSettings = Pick<Environment['platform'], 'signer' | 'nextSigner'>;

/** Lists every signer of the environment, for the platform and for Care Identity. */
export function signersOf({ cis2, platform }: Environment): readonly SignerSettings[] {
  const { clientAuthentication } = cis2;
  const users =
    clientAuthentication.method === 'private_key_jwt' ? [platform, clientAuthentication] : [platform];
  return users.flatMap(({ signer, nextSigner }) => [signer, ...(nextSigner ? [nextSigner.signer] : [])]);
}

/** Lists the addresses at which a launch is redeemed, those of a record system's further hosts too. */
export function launchAddresses({ redeemUrl, recordSystems }: Environment['launch']): readonly string[] {
  return [
    ...(redeemUrl === undefined ? [] : [redeemUrl]),
    ...recordSystems.flatMap(({ iss, issuer = iss, metadataUrl = issuer, hosts: further }) => [
      iss,
      issuer,
      metadataUrl,
      ...further.map((host) => `${new URL(issuer).protocol}//${host}`),
    ]),
  ];
}

export interface NamedFile {
  readonly field: string;
  readonly file: string;
  /** The account that may write the file: see `findUntrusted`. */
  readonly owner: 'administrator' | 'another-account';
}

/** Lists every file that the environment names and the viewer reads or loads. */
export function filesOf(environment: Environment): readonly NamedFile[] {
  const { audit, proxyLogIn } = environment;
  return [
    ...signersOf(environment).flatMap(filesOfSigner),
    ...administered('audit.forwardCertificateFile', audit.forwardCertificateFile),
    ...administered('proxyLogIn.file', proxyLogIn?.file),
  ];
}

function filesOfSigner(signer: SignerSettings): readonly NamedFile[] {
  switch (signer.kind) {
    case 'pkcs11':
      return [...administered('library', signer.library), ...administered('pinFile', signer.pinFile)];
    case 'remote':
      // An agent of the site renews the token, usually under an account of its own.
      return [{ field: 'tokenFile', file: signer.tokenFile, owner: 'another-account' }];
    case 'stored':
    case 'development':
      return [];
  }
}

function administered(field: string, file: string | undefined): readonly NamedFile[] {
  return file === undefined ? [] : [{ field, file, owner: 'administrator' }];
}
