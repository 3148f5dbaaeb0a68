/**
 * New versions of the viewer: looked for quietly, never between a clinician and an answer. A version is fetched only when
 * the policy says `automatic` and this installation can replace itself, and takes its place only when the viewer is quit.
 * Whatever goes wrong leaves the running version as it is.
 */

import { signatureNameOf } from '../../shared/update-feed.ts';
import type { ApiAnswer, ApiRequest } from '../network/answer.ts';
import { readText } from '../network/body.ts';
import { type Feed, type FeedFile, type FeedRead, readSignedFeed } from './signed-feed.ts';
import type { UpdateState } from './update-state.ts';
import { isNewer } from './version.ts';

export interface Updates {
  state(): UpdateState;
  /** Asks the feed, unless a new version is ready already. Never throws; one at a time. */
  check(): Promise<void>;
  /** On the way out: puts a version that is ready in the place of this one. Never rejects. */
  install(): Promise<void>;
}

/** How this installation replaces itself. */
export interface Installer {
  /** The package of the feed that it can use, if there is one. */
  choose(feed: Feed): FeedFile | undefined;
  /** Fetches and checks it. Rejects, and leaves nothing to install, when anything is not as the feed says. */
  fetch(version: string, file: FeedFile): Promise<void>;
  /** Rejects when the running version stays in its place. */
  install(): Promise<void>;
}

export interface UpdatesDependencies {
  /** The folder that the feed lies in; ends with a slash. */
  readonly folder: URL;
  readonly feedName: string;
  /** See `SignedFeed`. */
  readonly publicKey: string;
  /** The version that runs. */
  readonly version: string;
  readonly request: (request: ApiRequest) => Promise<ApiAnswer>;
  /** Without one, a new version is only spoken of. */
  readonly installer: Installer | undefined;
  readonly now: () => Date;
  readonly onChange: (state: UpdateState) => void;
  /** Logs the reason; returns the reference that it can be found by. */
  readonly report: (reason: string) => string;
}

/** Milliseconds, for each of the two small files. */
const patience = 30_000;

export function createUpdates(dependencies: UpdatesDependencies): Updates {
  const { folder, feedName, publicKey, version, request, installer, now, onChange, report } = dependencies;
  let state: UpdateState = { kind: 'idle', checkedAt: undefined };
  let checking: Promise<void> | undefined;

  function become(next: UpdateState): void {
    state = next;
    onChange(next);
  }

  async function look(): Promise<void> {
    try {
      const read = await readFeed();
      const checkedAt = now();
      if (read.kind === 'refused') throw new Error(read.reason);
      const { feed } = read;
      if (!isNewer(feed.version, version)) return become({ kind: 'idle', checkedAt });
      const file = installer?.choose(feed);
      if (installer === undefined || file === undefined)
        return become({ kind: 'available', version: feed.version, checkedAt });
      become({ kind: 'downloading', version: feed.version, checkedAt });
      await installer.fetch(feed.version, file);
      become({ kind: 'ready', version: feed.version, checkedAt });
    } catch (error) {
      become({ kind: 'failed', reference: report(reasonOf(error)), checkedAt: now() });
    }
  }

  async function readFeed(): Promise<FeedRead> {
    const text = await fetchText(feedName);
    const signature = await fetchText(signatureNameOf(feedName));
    return readSignedFeed({ name: feedName, text, signature, publicKey });
  }

  async function fetchText(name: string): Promise<string> {
    const answer = await request({
      method: 'GET',
      url: new URL(name, folder),
      headers: {},
      timeout: patience,
    });
    if (answer.kind === 'failed') throw new Error(`${name}: ${answer.fault} (${answer.detail})`);
    if (answer.status !== 200) throw new Error(`${name}: HTTP ${answer.status}`);
    const text = readText(answer.body);
    if (text === undefined) throw new Error(`${name}: not UTF-8`);
    return text;
  }

  return {
    state: () => state,
    check() {
      if (state.kind === 'ready') return Promise.resolve();
      checking ??= look().finally(() => {
        checking = undefined;
      });
      return checking;
    },
    async install() {
      if (state.kind !== 'ready') return;
      try {
        await installer?.install();
      } catch (error) {
        become({ kind: 'failed', reference: report(reasonOf(error)), checkedAt: state.checkedAt });
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}
