/**
 * Replaces an AppImage by its next version. electron-updater would delete the old file before it moves the new one, and
 * then run that: here the new one is fetched into the folder of the old, and takes its name in one step, or not at all.
 */
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppImageUpdater } from 'electron-updater';
import { DownloadedUpdateHelper } from 'electron-updater/out/DownloadedUpdateHelper.js';
import type { ProxyLogIn } from '../network/proxy-log-in.ts';
import { CheckedFeed, fetchWithin, restrain } from './checked-feed.ts';
import type { FeedFile } from './signed-feed.ts';
import type { Installer } from './updates.ts';

class NextAppImage extends AppImageUpdater {
  readonly #folder: string;

  constructor(folder: string) {
    super();
    restrain(this);
    this.#folder = folder;
    this.downloadedUpdateHelper = new DownloadedUpdateHelper(folder);
  }

  fetch(provider: CheckedFeed, proxyLogIn: ProxyLogIn): Promise<void> {
    this.updateInfoAndProvider = { info: provider.info, provider };
    return fetchWithin(this, proxyLogIn);
  }

  take(file: string): void {
    if (this.installerPath === null) throw new Error('the new version is not there any more');
    renameSync(this.installerPath, file);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** `file` is the AppImage that runs; it keeps its name. */
export function createAppImageInstaller(file: string, feedFolder: URL, proxyLogIn: ProxyLogIn): Installer {
  const next = new NextAppImage(path.join(path.dirname(file), '.cpis-viewer-update'));
  return {
    choose: ({ files }) => files.find(({ url }) => url.endsWith('.AppImage')),
    fetch: (version: string, feedFile: FeedFile) =>
      next.fetch(new CheckedFeed(version, feedFile, feedFolder), proxyLogIn),
    install: async () => next.take(file),
  };
}
