/** For tests: sign-in, session and tokens, composed as in the application, against a simulator. */
import type { Fault } from '../../../shared/fault.ts';
import type { SessionView } from '../../../shared/session.ts';
import type { Simulator } from '../../../simulator/client.ts';
import { clockOrigins } from '../../network/clock-origins.ts';
import { type ClockSkew, createClockSkew } from '../../network/clock-skew.ts';
import { createNetwork, type Fetch, type Network } from '../../network/network.ts';
import { chromiumFetch } from '../../network/testing/chromium-fetch.ts';
import type { Environment } from '../../settings/environment.ts';
import { parseEnvironment } from '../../settings/parse-environment.ts';
import type { Cis2Dependencies } from '../cis2.ts';
import { type ComposedIdentity, composeIdentity } from '../compose-identity.ts';
import type { LogoutFailure } from '../logout-failure.ts';
import type { SignInUserAgent } from '../sign-in-user-agent.ts';
import { createSigner, type SignerDependencies } from '../signers/create-signer.ts';

export interface Identity extends ComposedIdentity {
  readonly environment: Environment;
  readonly network: Network;
  readonly clockSkew: ClockSkew;
  readonly logoutFailures: readonly LogoutFailure[];
}

export interface IdentityOptions {
  readonly userAgent: SignInUserAgent;
  /** Without this option, a question to the user fails the test. */
  readonly confirmUser?: Cis2Dependencies['confirmUser'];
  /** Members of `cis2` or `platform` that differ from the simulator's environment. */
  readonly cis2?: Readonly<Record<string, unknown>>;
  readonly platform?: Readonly<Record<string, unknown>>;
  readonly fetch?: Fetch;
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  readonly absoluteLimitMs?: number;
  /** The stores of keys that are not in the environment. */
  readonly keys?: Partial<Pick<SignerDependencies, 'keyStore' | 'openToken'>>;
}

/** Throws where the environment, as `cis2` and `platform` change it, is not valid. */
export function createIdentity(
  simulator: Pick<Simulator, 'environment'>,
  {
    userAgent,
    fetch = chromiumFetch,
    timeoutMs = 5_000,
    now = () => new Date(),
    ...options
  }: IdentityOptions,
): Identity {
  const environment = environmentWith(simulator.environment, options);
  const { clientAuthentication } = environment.cis2;
  const clockSkew = createClockSkew(clockOrigins(environment));
  const network = createNetwork({ fetch, now, clockSkew });
  const signing: SignerDependencies = { ...noKeys, ...options.keys, network, timeoutMs, now };
  const logoutFailures: LogoutFailure[] = [];
  const identity = composeIdentity({
    environment,
    timeoutMs,
    absoluteLimitMs: options.absoluteLimitMs ?? 12 * 3_600_000,
    network,
    clockSkew,
    userAgent,
    confirmUser:
      options.confirmUser ?? (() => Promise.reject(new Error('This test expects no question to the user'))),
    signers: {
      platform: createSigner(environment.platform, signing),
      cis2:
        clientAuthentication.method === 'private_key_jwt'
          ? createSigner(clientAuthentication, signing)
          : undefined,
    },
    now,
    uptimeMs: () => performance.now(),
    onLogoutFailure: (failure) => logoutFailures.push(failure),
  });
  return { ...identity, environment, network, clockSkew, logoutFailures };
}

/** The fault that the sign-in screen shows. */
export function faultOf(view: SessionView): Fault | undefined {
  return 'lastFault' in view ? view.lastFault : undefined;
}

const noKeys: Pick<SignerDependencies, 'keyStore' | 'openToken'> = {
  keyStore: { open: () => Promise.reject(new Error('This test keeps no keys')) },
  openToken: () => {
    throw new Error('This test has no token');
  },
};

function environmentWith(
  written: Readonly<Record<string, unknown>>,
  { cis2, platform }: Pick<IdentityOptions, 'cis2' | 'platform'>,
): Environment {
  const parsed = parseEnvironment({
    ...written,
    cis2: { ...asRecord(written['cis2']), ...cis2 },
    platform: { ...asRecord(written['platform']), ...platform },
    // A role that is picked here must be sent with every request.
    cpis: { ...asRecord(written['cpis']), sendRole: cis2?.['rolePicker'] === true },
  });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.environment;
}

function asRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
