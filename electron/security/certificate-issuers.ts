/**
 * Who issued the certificates that the services showed: a name of the organisation's own says that a proxy reads along,
 * a strange one why a service is not trusted. It only looks: Chromium's own verdict stands.
 * Source: Electron, `session.setCertificateVerifyProc`; -3 "uses the verification result from chromium".
 */
import type { Session } from 'electron';

export interface CertificateIssuers {
  /** "api.example: Example CA"; a host that was not met has none. */
  describe(): string;
}

const asChromiumDecides = -3;

/** A certificate that is not trusted can say anything of itself, at any length. */
const longestName = 100;

export function watchCertificateIssuers(session: Session): CertificateIssuers {
  const issuers = new Map<string, string>();
  session.setCertificateVerifyProc(({ hostname, certificate, errorCode }, decide) => {
    const name = certificate.issuerName.slice(0, longestName);
    issuers.set(hostname, errorCode === 0 ? name : `${name} (NOT TRUSTED)`);
    decide(asChromiumDecides);
  });
  return {
    describe: () =>
      issuers.size === 0
        ? 'Not known yet'
        : [...issuers].map(([hostname, issuer]) => `${hostname}: ${issuer}`).join(', '),
  };
}
