/**
 * What a help desk needs to know of this workstation, and the support bundle that carries it. Only endpoints, versions,
 * settings and fault references: nothing clinical, nothing of a user, nothing secret.
 */
import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog } from 'electron';
import type { DiagnosticsView } from '../../shared/application.ts';
import type { Installation } from '../app/application-view.ts';
import type { Services } from '../app/services.ts';
import type { SiteSigners } from '../app/site-signers.ts';
import type { SiteUpdates } from '../app/site-updates.ts';
import type { AuditState } from '../audit/audit.ts';
import type { Forwarder } from '../audit/forward/forwarder.ts';
import type { ProxyLogIn } from '../network/proxy-log-in.ts';
import type { PolicyRead } from '../settings/policy/read-policy.ts';
import type { Log } from './log.ts';

const linesInBundle = 500;

export interface Diagnostics {
  read(): Promise<DiagnosticsView>;
  saveSupportBundle(window: BrowserWindow): Promise<'saved' | 'cancelled' | 'failed'>;
}

export function createDiagnostics(
  { environment, signers, audit, forwarder, apiSession, clockSkew, proxyLogIn }: Services,
  { version, policy }: Installation,
  log: Log,
  updates: Pick<SiteUpdates, 'describe'>,
): Diagnostics {
  async function read(): Promise<DiagnosticsView> {
    const { cis2, platform, pds, cpis } = environment;
    const proxy = await apiSession.resolveProxy(cpis.baseUrl).catch(() => 'not known');
    return {
      rows: [
        { name: 'Version', value: version },
        { name: 'Updates', value: updates.describe() },
        {
          name: 'Runtime',
          value: `Electron ${process.versions.electron}, Chromium ${process.versions['chrome']}`,
        },
        {
          name: 'Operating system',
          value: `${process.platform} ${process.getSystemVersion()} ${process.arch}`,
        },
        { name: 'Environment', value: environment.tag },
        { name: 'Care Identity', value: cis2.issuer },
        { name: 'Sign-in surface', value: cis2.surface === 'window' ? 'Window' : 'System browser' },
        { name: 'Token endpoint', value: platform.tokenUrl },
        ...describeKeys(signers),
        { name: 'PDS', value: pds.baseUrl },
        { name: 'CP-IS', value: `${cpis.baseUrl} (${cpis.wireFormat})` },
        { name: 'Proxy', value: proxy === 'DIRECT' ? 'None' : proxy },
        { name: 'Proxy log-in', value: describeLogIn(environment.proxyLogIn?.proxy, proxyLogIn.standing()) },
        { name: 'Audit trail', value: describeAudit(audit.state()) },
        { name: 'Audit forwarding', value: describeForwarding(environment.audit.forwardTo, forwarder) },
        { name: 'Policy', value: describePolicy(policy) },
        { name: 'Clock difference', value: describeSkew(clockSkew.seconds()) },
      ],
      recentFaults: log.recentFaults(),
    };
  }

  return {
    read,
    async saveSupportBundle(window) {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Save support bundle',
        defaultPath: 'cpis-viewer-support.json',
        filters: [{ name: 'JSON', extensions: ['json'] }],
      });
      if (canceled || filePath === '') return 'cancelled';
      try {
        await writeFile(
          filePath,
          `${JSON.stringify({ ...(await read()), log: await log.newestLines(linesInBundle) }, undefined, 2)}\n`,
        );
        return 'saved';
      } catch {
        return 'failed';
      }
    },
  };
}

function describeKeys({ platform, cis2, checked }: SiteSigners): DiagnosticsView['rows'] {
  const checks = checked();
  if (checks === undefined) {
    const kids = [...platform.all, ...(cis2?.all ?? [])].map(({ kid }) => kid);
    return [{ name: 'Signing keys', value: `${kids.join(', ')}: being checked` }];
  }
  return checks.map(({ use, role, kind, kid, result, reason }) => ({
    name: `${roleWords[role]} for ${use === 'platform' ? 'the platform' : 'Care Identity'}`,
    value: `${kind}, ${kid}: ${resultWords[result]}${reason === '' ? '' : `: ${reason}`}`,
  }));
}

const roleWords = {
  current: 'Signing key',
  'stand-in': 'Former signing key',
  next: 'Next signing key',
} as const;

const resultWords = {
  verified: 'signs, and fits its public key',
  signs: 'signs',
  'cannot-sign': 'CANNOT SIGN',
} as const;

/** Never who logs in, nor where the file is. */
function describeLogIn(proxy: string | undefined, standing: ReturnType<ProxyLogIn['standing']>): string {
  if (proxy === undefined) return 'None is set';
  return `For ${proxy}: ${standingWords[standing]}`;
}

const standingWords = {
  untried: 'not asked for yet',
  accepted: 'accepted',
  refused: 'REFUSED',
} as const;

function describeAudit({ lastFailure, keyId }: AuditState): string {
  const writing = lastFailure === undefined ? 'Written' : `CANNOT BE WRITTEN (${lastFailure.reference})`;
  const numbers = keyId === undefined ? 'not kept: no key is set' : `sealed to key ${keyId}`;
  return `${writing}; NHS numbers ${numbers}`;
}

function describeForwarding(to: string | undefined, forwarder: Forwarder | undefined): string {
  if (to === undefined || forwarder === undefined) return 'Off';
  const { forwarded, failure } = forwarder.state();
  return `To ${to}, up to entry ${forwarded}${failure === undefined ? '' : `: CANNOT BE REACHED (${failure})`}`;
}

/** Names alone: a value may be a path or a key. */
function describePolicy({ policy, problems }: PolicyRead): string {
  const names = Object.keys(policy);
  const set = names.length === 0 ? 'Nothing is set' : `Sets ${names.join(', ')}`;
  return [set, ...problems].join('. ');
}

function describeSkew(seconds: number): string {
  if (seconds === 0) return 'None noticed';
  return `This computer is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'slow' : 'fast'}`;
}
