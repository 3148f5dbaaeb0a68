/**
 * Who issued the certificates that the services showed, and whether it is one whom the site expects. Chromium's own verdict
 * comes first: nothing is accepted that the system does not trust. Where the environment names expected issuers for a host, one
 * of their keys must also be in the chain that Chromium has validated: what a user, a program or an inspecting proxy has added
 * to the system's trust does not pass there.
 * Source: Electron, `session.setCertificateVerifyProc` (-3 "uses the verification result from chromium"; an error code of
 * Chromium's is passed on); RFC 7469, sections 2.4 and 2.6 (the hash of a subjectPublicKeyInfo, anywhere in the validated chain).
 */
import { createHash, X509Certificate } from 'node:crypto';
import type { Certificate, Session } from 'electron';

/** By host name, without a port: each list must be met by the chain. `sha256/…` in base64, of a subjectPublicKeyInfo. */
export type ExpectedIssuers = ReadonlyMap<string, readonly (readonly string[])[]>;

export interface CertificateIssuers {
  /** Looks at every certificate that this session is shown, and refuses those of issuers that are not expected. */
  watch(session: Pick<Session, 'setCertificateVerifyProc'>): void;
  /** The same, but leaves the session as Chromium makes it where the site expects no issuer in particular. */
  guard(session: Pick<Session, 'setCertificateVerifyProc'>): void;
  /** "api.example: Example CA"; a host that was not met has none. */
  describe(): string;
}

const asChromiumDecides = -3;
/** Chromium, `net_error_list.h`: ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN. */
const pinnedKeyNotInChain = -150;

/** A certificate that is not trusted can say anything of itself, at any length. */
const longestName = 100;

/** Chromium builds no longer one. */
const longestChain = 20;

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

/** A chain that cannot be read has no issuer. */
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

/** Of a certificate in PEM. Throws for anything else. */
function publicKeyHash(pem: string): string {
  const info = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256/${createHash('sha256').update(info).digest('base64')}`;
}
