/**
 * electron-updater, with the parts of it that fail open closed: it asks no feed of its own, since another answer might come
 * the second time, but is told of the one file that a signed feed has named. It keeps no id of this computer, answers a
 * proxy's question for a log-in once, and installs nothing unasked.
 */
import { type AppUpdater, CancellationToken, type UpdateInfo } from 'electron-updater';
import { ElectronHttpExecutor, type LoginCallback } from 'electron-updater/out/electronHttpExecutor.js';
import { Provider, resolveFiles } from 'electron-updater/out/providers/Provider.js';
import type { Challenge, ProxyLogIn } from '../network/proxy-log-in.ts';
import type { FeedFile } from './signed-feed.ts';

/** Milliseconds. electron-updater itself would wait for ever for a server that has gone silent. */
const longestDownload = 60 * 60_000;

/** The provider that gives electron-updater what has been checked already. */
export class CheckedFeed extends Provider<UpdateInfo> {
  readonly info: UpdateInfo;
  readonly #folder: URL;

  constructor(version: string, file: FeedFile, folder: URL) {
    super({
      isUseMultipleRangeRequest: false,
      platform: process.platform === 'win32' ? 'win32' : 'linux',
      executor: new ElectronHttpExecutor(),
    });
    const { url, sha512 } = file;
    this.info = { version, files: [file], path: url, sha512, releaseDate: '' };
    this.#folder = folder;
  }

  override getLatestVersion(): Promise<UpdateInfo> {
    return Promise.resolve(this.info);
  }

  override resolveFiles(info: UpdateInfo) {
    return resolveFiles(info, this.#folder);
  }
}

export function restrain(updater: AppUpdater): void {
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // A whole file has one hash, which the feed names.
  updater.disableDifferentialDownload = true;
}

/** Fetches the file of a feed that `updater` was given. Rejects unless all of it has come, with the SHA-512 of the feed. */
export async function fetchWithin(updater: AppUpdater, proxyLogIn: ProxyLogIn): Promise<void> {
  const token = new CancellationToken();
  const timer = setTimeout(() => token.cancel(), longestDownload);
  const attempt = proxyLogIn.begin();
  const onLogin = (challenge: Challenge, answer: LoginCallback) => {
    void attempt.answer(challenge).then((answered) => {
      // Nobody else's request waits for the end of a download.
      attempt.end(false);
      if (answered.kind === 'given') answer(answered.logIn.user, answered.logIn.password);
      else token.cancel();
    });
  };
  updater.on('login', onLogin);
  try {
    await updater.downloadUpdate(token);
  } finally {
    clearTimeout(timer);
    updater.off('login', onLogin);
  }
}
