import { feedName, signatureName } from '../../shared/update-feed.ts';
import type { ApiRequest, ApiResponse } from '../network/api-response.ts';
import { readText } from '../network/body.ts';
import { type FeedRead, readSignedFeed } from './signed-feed.ts';
import type { UpdateState } from './update-state.ts';
import { isNewer } from './version.ts';

export interface Updates {
  state(): UpdateState;
  /** Fetches the feed, one check at a time. Never rejects. */
  check(): Promise<void>;
}

export interface UpdatesDependencies {
  /** The folder of the feed; ends with a slash. */
  readonly folder: URL;
  /** See `SignedFeed`. */
  readonly publicKey: string;
  /** The running version. */
  readonly version: string;
  readonly request: (request: ApiRequest) => Promise<ApiResponse>;
  readonly now: () => Date;
  readonly onChange: (state: UpdateState) => void;
  /** Logs the reason and returns its reference. */
  readonly report: (reason: string) => string;
}

/** For each of the two small files. */
const timeoutMs = 30_000;

/**
 * Checks for new versions of the viewer in the background; a check never delays a clinician. The viewer announces a new
 * version; the site's desktop team installs it (docs/decisions/updates-tell.md).
 */
export function createUpdates(dependencies: UpdatesDependencies): Updates {
  const { folder, publicKey, version, request, now, onChange, report } = dependencies;
  let state: UpdateState = { kind: 'idle', checkedAt: undefined };
  let checking: Promise<void> | undefined;

  function setState(next: UpdateState): void {
    state = next;
    onChange(next);
  }

  async function look(): Promise<void> {
    try {
      const read = await readFeed();
      const checkedAt = now();
      if (read.kind === 'refused') throw new Error(read.reason);
      const { feed } = read;
      if (isNewer(feed.version, version)) setState({ kind: 'available', version: feed.version, checkedAt });
      else setState({ kind: 'idle', checkedAt });
    } catch (error) {
      setState({ kind: 'failed', reference: report(reasonOf(error)), checkedAt: now() });
    }
  }

  async function readFeed(): Promise<FeedRead> {
    const text = await fetchText(feedName);
    const signature = await fetchText(signatureName);
    return readSignedFeed({ text, signature, publicKey });
  }

  async function fetchText(name: string): Promise<string> {
    const answer = await request({
      method: 'GET',
      url: new URL(name, folder),
      headers: {},
      timeoutMs,
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
      checking ??= look().finally(() => {
        checking = undefined;
      });
      return checking;
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}
