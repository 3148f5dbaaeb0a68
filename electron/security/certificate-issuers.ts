import { createHash, X509Certificate } from 'node:crypto';
import type { Certificate, Session } from 'electron';

/**
 * By host name, without a port. The chain must contain a key of each list. A key is `sha256/…`, the hash of its
 * subjectPublicKeyInfo in base64.
 */
export type ExpectedIssuers = ReadonlyMap<string, readonly (readonly string[])[]>;

export interface CertificateIssuers {
  /** Checks every certificate that a server sends to this session, and refuses unexpected issuers. */
  watch(session: Pick<Session, 'setCertificateVerifyProc'>): void;
  /** As `watch`, but leaves the session unchanged where the site expects no issuer in particular. */
  guard(session: Pick<Session, 'setCertificateVerifyProc'>): void;
  /** For instance "api.example: Example CA". Lists only hosts that have sent a certificate. */
  describe(): string;
}

const asChromiumDecides = -3;
/** Chromium, `net_error_list.h`: ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN. */
const pinnedKeyNotInChain = -150;

/** An untrusted certificate can contain any name, at any length. */
const longestName = 100;

/** Chromium builds no longer chain. */
const longestChain = 20;

/**
 * Records the issuers of the services' certificates, and refuses issuers that the site does not expect. Chromium's verdict
 * comes first: a certificate that the system does not trust is refused. Where the environment names expected issuers for a
 * host, the chain that Chromium validated must also contain one of their keys. A root certificate that a user, a program or
 * an inspecting proxy added to the system's trust is refused for such a host.
 * Source: Electron, `session.setCertificateVerifyProc` (-3 "uses the verification result from chromium"; an error code of
 * Chromium's is passed on); RFC 7469, sections 2.4 and 2.6 (the hash of a subjectPublicKeyInfo, anywhere in the validated chain).
 */
export function createCertificateIssuers(expected: ExpectedIssuers): CertificateIssuers {
  const issuers = new Map<string, string>();

  const watch: CertificateIssuers['watch'] = (session) => {
    session.setCertificateVerifyProc(({ hostname, certificate, validatedCertificate, errorCode }, decide) => {
      const isExpected = errorCode !== 0 || isIssuedBy(expected.get(hostname) ?? [], validatedCertificate);
      const name = certificate.issuerName.slice(0, longestName);
      issuers.set(
        hostname,
        `${name}${errorCode === 0 ? '' : ' (NOT TRUSTED)'}${isExpected ? '' : ' (NOT EXPECTED)'}`,
      );
      decide(isExpected ? asChromiumDecides : pinnedKeyNotInChain);
    });
  };

  return {
    watch,
    guard(session) {
      if (expected.size > 0) watch(session);
    },
    describe: () =>
      issuers.size === 0
        ? 'Not known yet'
        : [...issuers].map(([hostname, issuer]) => `${hostname}: ${issuer}`).join(', '),
  };
}

/** Whether the chain has a key of each list. A chain that cannot be read has none. */
function isIssuedBy(expected: readonly (readonly string[])[], leaf: Certificate): boolean {
  if (expected.length === 0) return true;
  const keys = new Set(keysOf(leaf));
  return expected.every((issuers) => issuers.some((issuer) => keys.has(issuer)));
}

function keysOf(leaf: Certificate): readonly string[] {
  const keys: string[] = [];
  let certificate: Certificate | undefined = leaf;
  try {
    while (certificate !== undefined && keys.length < longestChain) {
      keys.push(publicKeyHash(certificate.data));
      certificate = certificate.issuerCert;
    }
  } catch {
    return [];
  }
  return keys;
}

/** `pem`: a certificate. Throws for any other text. */
function publicKeyHash(pem: string): string {
  const info = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256/${createHash('sha256').update(info).digest('base64')}`;
}
