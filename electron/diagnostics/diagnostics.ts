import type { Session } from 'electron';
import type { Audit, AuditState } from '../audit/audit.ts';
import type { Forwarder } from '../audit/forward/forwarder.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { ProxyLogin } from '../network/proxy-login.ts';
import type { CertificateIssuers } from '../security/certificate-issuers.ts';
import type { Environment } from '../settings/environment.ts';
import type { SystemLock } from '../window/system-lock.ts';
import type { CheckWaits } from './check-waits.ts';
import { describeFormerRun } from './former-run.ts';
import type { Installation } from './installation.ts';
import {
  type DiagnosticsRows,
  describeComputer,
  describeLog,
  describePolicy,
  notKnownYet,
} from './installation-rows.ts';
import { createDiagnosticsOf, type Diagnostics, type DiagnosticsDependencies } from './support-bundle.ts';

/** The services that Diagnostics describes. */
export interface DescribedServices {
  readonly environment: Environment;
  /** What the environment file says in the words of an earlier version. */
  readonly environmentNotes: readonly string[];
  readonly signers: DescribedSigners;
  readonly audit: Pick<Audit, 'state'>;
  readonly forwarder: Forwarder | undefined;
  readonly apiSession: () => Pick<Session, 'resolveProxy'>;
  readonly certificateIssuers: Pick<CertificateIssuers, 'describe'>;
  readonly clockSkew: ClockSkew;
  readonly checkWaits: Pick<CheckWaits, 'describe'>;
  readonly proxyLogIn: Pick<ProxyLogin, 'standing'>;
}

interface DescribedSigner {
  readonly all: readonly { readonly kid: string }[];
}

interface DescribedSigners {
  readonly platform: DescribedSigner;
  readonly cis2: DescribedSigner | undefined;
  /** The result of the last check of each key; `undefined` before the first has ended. */
  checked():
    | readonly {
        readonly use: 'platform' | 'care-identity';
        readonly role: keyof typeof roleTexts;
        readonly kind: string;
        readonly kid: string;
        readonly result: keyof typeof resultTexts;
        readonly reason: string;
      }[]
    | undefined;
}

/**
 * Describes this workstation for support staff: endpoints, versions, settings and fault references only. It contains
 * nothing clinical, nothing about a user and no secret.
 */
export function createDiagnostics(
  {
    environment,
    environmentNotes,
    signers,
    audit,
    forwarder,
    apiSession,
    certificateIssuers,
    clockSkew,
    checkWaits,
    proxyLogIn,
  }: DescribedServices,
  { version, policy, formerRun }: Installation,
  support: Omit<DiagnosticsDependencies, 'describe'>,
  { updates, systemLock }: { readonly updates: { describe(): string }; readonly systemLock: SystemLock },
): Diagnostics {
  async function describe(): Promise<DiagnosticsRows> {
    const { cis2, platform, pds, cpis } = environment;
    const proxy = await apiSession()
      .resolveProxy(cpis.baseUrl)
      .catch(() => 'not known');
    return [
      { name: 'Version', value: version },
      { name: 'Updates', value: updates.describe() },
      ...describeComputer(),
      { name: 'Former run', value: describeFormerRun(formerRun) },
      { name: 'Environment', value: environment.tag },
      ...(environmentNotes.length === 0
        ? []
        : [{ name: 'Settings to renew', value: environmentNotes.join(' ') }]),
      { name: 'Care Identity', value: cis2.issuer },
      { name: 'Sign-in surface', value: cis2.surface === 'window' ? 'Window' : 'System browser' },
      { name: 'Token endpoint', value: platform.tokenUrl },
      ...describeKeys(signers),
      { name: 'PDS', value: pds.baseUrl },
      { name: 'CP-IS', value: `${cpis.baseUrl} (${cpis.wireFormat})` },
      { name: 'Proxy', value: proxy === 'DIRECT' ? 'None' : proxy },
      { name: 'Proxy log-in', value: describeLogIn(environment.proxyLogIn?.proxy, proxyLogIn.standing()) },
      { name: 'Certificate issuer', value: certificateIssuers.describe() },
      { name: 'Locks with the computer', value: systemLock.describe() },
      ...describeLog(support.log),
      { name: 'Audit trail', value: describeAudit(audit.state()) },
      { name: 'Audit forwarding', value: describeForwarding(environment.audit.forwardTo, forwarder) },
      ...describePolicy(policy),
      { name: 'Clock difference', value: describeSkew(clockSkew) },
      { name: 'Waits of the last checks', value: checkWaits.describe() },
    ];
  }

  return createDiagnosticsOf({ ...support, describe });
}

function describeKeys({ platform, cis2, checked }: DescribedSigners): DiagnosticsRows {
  const checks = checked();
  if (checks === undefined) {
    const kids = [...platform.all, ...(cis2?.all ?? [])].map(({ kid }) => kid);
    return [{ name: 'Signing keys', value: `${kids.join(', ')}: being checked` }];
  }
  return checks.map(({ use, role, kind, kid, result, reason }) => ({
    name: `${roleTexts[role]} for ${use === 'platform' ? 'the platform' : 'Care Identity'}`,
    value: `${kind}, ${kid}: ${resultTexts[result]}${reason === '' ? '' : `: ${reason}`}`,
  }));
}

const roleTexts = {
  current: 'Signing key',
  'stand-in': 'Former signing key',
  next: 'Next signing key',
} as const;

const resultTexts = {
  verified: 'signs, and fits its public key',
  signs: 'signs',
  'cannot-sign': 'CANNOT SIGN',
} as const;

/** Never names the user of the log-in or the path of its file. */
function describeLogIn(proxy: string | undefined, standing: ReturnType<ProxyLogin['standing']>): string {
  if (proxy === undefined) return 'None is set';
  return `For ${proxy}: ${standingTexts[standing]}`;
}

const standingTexts = {
  untried: 'not asked for yet',
  accepted: 'accepted',
  refused: 'REFUSED',
} as const;

function describeAudit({ hasWritten, lastFailure, waiting, keyId }: AuditState): string {
  const standing = hasWritten ? 'Written' : notKnownYet;
  const writing =
    lastFailure === undefined
      ? standing
      : `CANNOT BE WRITTEN (${lastFailure.reference}); waiting in memory: ${waiting}`;
  const numbers = keyId === undefined ? 'not kept: no key is set' : `sealed to key ${keyId}`;
  return `${writing}; NHS numbers ${numbers}`;
}

function describeForwarding(to: string | undefined, forwarder: Forwarder | undefined): string {
  if (to === undefined || forwarder === undefined) return 'Off';
  const { forwarded, failure } = forwarder.state();
  const extent = forwarded === 0 ? 'no entry is known to have arrived yet' : `up to entry ${forwarded}`;
  return `To ${to}, ${extent}${failure === undefined ? '' : `: CANNOT BE REACHED (${failure})`}`;
}

function describeSkew(clockSkew: ClockSkew): string {
  const doubted = clockSkew.doubtedSeconds();
  if (doubted !== undefined) {
    return `IN DOUBT: ${describeDifference(clockSkew.seconds())}, or ${describeDifference(doubted)}`;
  }
  return clockSkew.isKnown() ? describeDifference(clockSkew.seconds()) : notKnownYet;
}

function describeDifference(seconds: number): string {
  if (seconds === 0) return 'None noticed';
  return `This computer is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'slow' : 'fast'}`;
}
