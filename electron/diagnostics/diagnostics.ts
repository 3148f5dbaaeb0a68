/**
 * What a help desk needs to know of this workstation, and the support bundle that carries it. Only endpoints, versions,
 * settings and fault references: nothing clinical, nothing of a user, nothing secret.
 */
import { writeFile } from 'node:fs/promises';
import { type BrowserWindow, dialog } from 'electron';
import type { DiagnosticsView } from '../../shared/application.ts';
import type { Services } from '../app/services.ts';
import type { Log } from './log.ts';

export interface Diagnostics {
  read(): Promise<DiagnosticsView>;
  saveSupportBundle(window: BrowserWindow): Promise<'saved' | 'cancelled' | 'failed'>;
}

export function createDiagnostics(
  { environment, application, apiSession, clockSkew }: Services,
  log: Log,
): Diagnostics {
  async function read(): Promise<DiagnosticsView> {
    const { cis2, platform, pds, cpis } = environment;
    const proxy = await apiSession.resolveProxy(cpis.baseUrl).catch(() => 'not known');
    return {
      rows: [
        { name: 'Version', value: application.version },
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
        { name: 'Signing key', value: `${platform.signer.kind}, ${platform.signer.kid}` },
        { name: 'PDS', value: pds.baseUrl },
        { name: 'CP-IS', value: `${cpis.baseUrl} (${cpis.wireFormat})` },
        { name: 'Proxy', value: proxy === 'DIRECT' ? 'None' : proxy },
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
        await writeFile(filePath, `${JSON.stringify(await read(), undefined, 2)}\n`);
        return 'saved';
      } catch {
        return 'failed';
      }
    },
  };
}

function describeSkew(seconds: number): string {
  if (seconds === 0) return 'None noticed';
  return `This computer is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'slow' : 'fast'}`;
}
