/** The updates of a running viewer, on the real network and the real installation. Imported once the first page stands. */
import os from 'node:os';
import path from 'node:path';
import { app, net } from 'electron';
import { feedNameOf } from '../../shared/update-feed.ts';
import { createClockSkew } from '../network/clock-skew.ts';
import { createNetwork } from '../network/network.ts';
import type { ProxyLogIn } from '../network/proxy-log-in.ts';
import { createSessionRequest } from '../network/session-request.ts';
import { createUpdateSession } from '../security/sessions.ts';
import { findInstallation, mayReplaceFile } from './installation.ts';
import type { UpdateState } from './update-state.ts';
import { createUpdates, type Installer, type Updates } from './updates.ts';

/** Milliseconds. */
const betweenChecks = 4 * 3_600_000;

export interface UpdateOptions {
  readonly mode: 'notify' | 'automatic';
  readonly folder: URL;
  readonly publicKey: string;
  readonly proxyLogIn: ProxyLogIn;
  readonly onChange: (state: UpdateState) => void;
  readonly report: (reason: string) => string;
}

export async function startUpdates({
  mode,
  folder,
  proxyLogIn,
  ...options
}: UpdateOptions): Promise<Updates> {
  const session = createUpdateSession(folder);
  const { request } = createNetwork({
    fetch: createSessionRequest({ open: (options) => net.request({ ...options, session }), proxyLogIn }),
    now: Date.now,
    clockSkew: createClockSkew(new Set()),
  });
  const updates = createUpdates({
    ...options,
    folder,
    feedName: feedNameOf(process.platform, process.arch),
    version: app.getVersion(),
    request,
    installer: mode === 'automatic' ? await findInstaller(folder, proxyLogIn) : undefined,
    now: () => new Date(),
  });
  void updates.check();
  setInterval(() => void updates.check(), betweenChecks);
  return updates;
}

async function findInstaller(feedFolder: URL, proxyLogIn: ProxyLogIn): Promise<Installer | undefined> {
  const { platform, env, execPath: executable, arch } = process;
  const installation = findInstallation({ platform, env, executable, mayReplace: mayReplaceFile });
  switch (installation.kind) {
    case 'app-image':
      return (await import('./app-image.ts')).createAppImageInstaller(
        installation.file,
        feedFolder,
        proxyLogIn,
      );
    case 'nsis': {
      const { createNsisInstaller } = await import('./nsis.ts');
      const { windowsPowerShell } = await import('./authenticode.ts');
      // Not the roaming folder: an installer is large.
      const local = env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
      return createNsisInstaller({
        folder: path.join(local, 'cpis-viewer-updates'),
        executable,
        arch,
        feedFolder,
        powerShell: windowsPowerShell,
        proxyLogIn,
      });
    }
    case 'managed':
      return undefined;
  }
}
