/** Runs the Windows installer of the next version. An MSI never comes here: see `installation.ts`. NOT YET RUN. */

import { NsisUpdater } from 'electron-updater';
import { DownloadedUpdateHelper } from 'electron-updater/out/DownloadedUpdateHelper.js';
import type { ProxyLogIn } from '../network/proxy-log-in.ts';
import type { PowerShell } from './authenticode.ts';
import { checkInstaller } from './check-installer.ts';
import { CheckedFeed, fetchWithin, restrain } from './checked-feed.ts';
import type { FeedFile } from './signed-feed.ts';
import type { Installer } from './updates.ts';

class NextNsis extends NsisUpdater {
  #check: () => Promise<void> = () => Promise.reject(new Error('no new version has been fetched'));

  constructor(folder: string) {
    super();
    restrain(this);
    this.downloadedUpdateHelper = new DownloadedUpdateHelper(folder);
  }

  async fetch(
    provider: CheckedFeed,
    proxyLogIn: ProxyLogIn,
    check: (file: string) => Promise<void>,
  ): Promise<void> {
    this.updateInfoAndProvider = { info: provider.info, provider };
    await fetchWithin(this, proxyLogIn);
    this.#check = async () => {
      try {
        await check(this.installerPath ?? '');
      } catch (error) {
        await this.downloadedUpdateHelper?.clear();
        throw error;
      }
    };
    await this.#check();
  }

  /** Between the check and the start of the installer nothing waits; what a user's program does within is not prevented. */
  async start(): Promise<void> {
    await this.#check();
    if (!this.install(true, false)) throw new Error('the installer of the new version could not be started');
  }
}

export interface NsisOptions {
  /** Where it is fetched to. */
  readonly folder: string;
  /** The executable that runs. */
  readonly executable: string;
  readonly arch: string;
  readonly feedFolder: URL;
  readonly powerShell: PowerShell;
  readonly proxyLogIn: ProxyLogIn;
}

export function createNsisInstaller(options: NsisOptions): Installer {
  const { folder, executable, arch, feedFolder, powerShell, proxyLogIn } = options;
  const next = new NextNsis(folder);
  return {
    choose: ({ files }) => files.find(({ url }) => url.endsWith(`-${arch}.exe`)),
    fetch: (version: string, file: FeedFile) =>
      next.fetch(new CheckedFeed(version, file, feedFolder), proxyLogIn, (fetched) =>
        checkInstaller(fetched, { running: executable, sha512: file.sha512, powerShell }),
      ),
    install: () => next.start(),
  };
}
