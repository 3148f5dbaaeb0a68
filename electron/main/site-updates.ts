/**
 * Looks for new versions where the site's policy says so. Off unless the policy turns updates on and names a feed, and this
 * build has a key to verify the feed; only then are the modules of the feed loaded.
 */
import type { Policy } from '../../shared/policy.ts';
import type { ProxyLogin } from '../network/proxy-login.ts';
import { findSwitches } from '../settings/command-line.ts';
import { describeUpdates, type UpdateState } from '../updates/update-state.ts';

export interface SiteUpdates {
  /** Starts the search for new versions; call it once the first page is shown. */
  start(): Promise<void>;
  describe(): string;
}

export interface SiteUpdatesOptions {
  readonly policy: Policy;
  readonly flavour: typeof __BUILD_FLAVOUR__;
  readonly proxyLogIn: ProxyLogin;
  readonly onChange: (state: UpdateState) => void;
  /** See `UpdatesDependencies`. */
  readonly report: (reason: string) => string;
}

/** Asks no feed where the policy has updates off. */
export function createSiteUpdates(options: SiteUpdatesOptions): SiteUpdates {
  const { policy, flavour, proxyLogIn, onChange, report } = options;
  const plan = planOf(policy, flavour, publicKeyOf(flavour, process.argv.slice(1)));
  const notes = policy.updates === 'automatic' ? [installsNothing] : [];
  let state: UpdateState = plan.kind === 'off' ? plan : { kind: 'idle', checkedAt: undefined };
  return {
    async start() {
      if (plan.kind === 'off') return;
      const { startUpdates } = await import('../updates/start-updates.ts');
      startUpdates({
        folder: plan.folder,
        publicKey: plan.publicKey,
        proxyLogIn,
        report,
        onChange(next) {
          state = next;
          onChange(next);
        },
      });
    },
    describe: () => [describeUpdates(state), ...notes].join('. '),
  };
}

const installsNothing =
  'The policy says "automatic", which counts as "notify": this version installs nothing by itself';

type Plan =
  | Extract<UpdateState, { kind: 'off' }>
  | {
      readonly kind: 'on';
      readonly folder: URL;
      readonly publicKey: string;
    };

/** Exported for its test. The training edition is not published in a feed. */
export function planOf(
  { updates = 'off', updateFeed }: Policy,
  flavour: typeof __BUILD_FLAVOUR__,
  publicKey: string,
): Plan {
  if (updates === 'off') return { kind: 'off', reason: 'set by policy' };
  if (flavour === 'training') return { kind: 'off', reason: 'the training edition has none' };
  if (publicKey === '') return { kind: 'off', reason: 'this build has no key to check a new version with' };
  if (updateFeed === undefined) return { kind: 'off', reason: 'the policy names no updateFeed' };
  const folder = new URL(updateFeed.endsWith('/') ? updateFeed : `${updateFeed}/`);
  if (folder.protocol !== 'https:' && flavour === 'release')
    return { kind: 'off', reason: 'updateFeed is not an https address' };
  return { kind: 'on', folder, publicKey };
}

/** The built-in key. A build for tests takes its key from the command line. */
function publicKeyOf(flavour: typeof __BUILD_FLAVOUR__, args: readonly string[]): string {
  if (flavour !== 'test') return __UPDATE_KEY__;
  return findSwitches('update-key', args)[0] ?? '';
}
