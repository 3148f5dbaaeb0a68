import { createHash } from 'node:crypto';
import * as client from 'openid-client';
import { launchDetails } from '../../shared/fault.ts';
import type { RecordSystemAnswer } from '../launch/record-system-answer.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { Network } from '../network/network.ts';
import { isLoopback, type RecordSystemSettings } from '../settings/environment.ts';
import { IdentityFault, refuse } from './identity-fault.ts';
import { createOpenIdFetch } from './openid-fetch.ts';
import { describePageFault, describeRecordSystemError } from './record-system-fault.ts';
import { findMetadata } from './record-system-metadata.ts';
import type { SignInUserAgent } from './sign-in-user-agent.ts';

export interface RecordSystemsDependencies {
  readonly recordSystems: readonly RecordSystemSettings[];
  readonly userAgentFor: (system: RecordSystemSettings) => SignInUserAgent;
  readonly network: Network;
  readonly clockSkew: Pick<ClockSkew, 'seconds'>;
  readonly timeoutMs: number;
}

/** `iss` and `launch` as the link has them. Aborting `signal` closes the page. Never rejects. */
export type AskRecordSystem = (
  link: { readonly iss: string; readonly launch: string },
  signal: AbortSignal,
) => Promise<RecordSystemAnswer>;

/**
 * Redeems a SMART launch at the record system that sent it: the code flow with PKCE as a public client, with `launch` and `aud`.
 * The answer names the patient. It gives context, never identity: the tokens are not kept, not sent anywhere, and not part of
 * what this module returns.
 * Source: HL7 SMART App Launch 2.2, "EHR launch"; EMIS Partner API, "Context Management"; RFC 7636; RFC 9207; RFC 9700,
 * section 4.4.
 */
export function createRecordSystems(dependencies: RecordSystemsDependencies): AskRecordSystem {
  const { recordSystems, userAgentFor, network, clockSkew, timeoutMs } = dependencies;
  const fetchFor = createOpenIdFetch(network, timeoutMs);
  /** Digests of the launches that were sent. SMART does not oblige a record system to refuse the second use. */
  const sent = new Set<string>();

  async function configure(system: RecordSystemSettings, signal: AbortSignal) {
    const metadata = await findMetadata(system, { network, timeoutMs, signal });
    const configuration = new client.Configuration(
      metadata,
      system.clientId,
      { [client.clockSkew]: clockSkew.seconds() },
      client.None(),
    );
    configuration[client.customFetch] = fetchFor(signal);
    configuration.timeout = 0;
    if (isLoopback(new URL(system.iss))) client.allowInsecureRequests(configuration);
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  }

  async function redeem(system: RecordSystemSettings, launch: string, signal: AbortSignal) {
    const configuration = await configure(system, signal);
    const digest = createHash('sha256').update(`${system.iss} ${launch}`).digest('base64');
    if (sent.has(digest)) refuse('launch-refused', 'launch again', launchDetails.usedBefore);
    sent.add(digest);
    const isIdTokenExpected = system.scopes.includes('openid');
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      idTokenExpected: isIdTokenExpected,
      ...(isIdTokenExpected ? { expectedNonce: client.randomNonce() } : {}),
    };
    const authorisationUrl = client.buildAuthorizationUrl(configuration, {
      redirect_uri: system.redirectUri,
      scope: system.scopes.join(' '),
      launch,
      // Tells a counterfeit FHIR server's token from one for this system (SMART 2.2, "Obtain authorization code").
      aud: system.iss,
      state: checks.expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...(checks.expectedNonce === undefined ? {} : { nonce: checks.expectedNonce }),
    });
    const redirect = await openPage(system, authorisationUrl, signal);
    const tokens = await client.authorizationCodeGrant(configuration, redirect, checks);
    const { access_token: _1, refresh_token: _2, id_token: _3, ...members } = tokens;
    return { ...members, id_token: tokens.claims() };
  }

  /** Resolves with the redirect URI and the record system's parameters. */
  async function openPage(system: RecordSystemSettings, authorisationUrl: URL, signal: AbortSignal) {
    const redirectUri = new URL(system.redirectUri);
    if (signal.aborted) return refuse('launch-refused', 'closed', launchDetails.pageClosed);
    const returned = await userAgentFor(system)({ authorisationUrl, redirectUri, signal });
    switch (returned.kind) {
      case 'closed':
        return refuse('launch-refused', 'closed', launchDetails.pageClosed);
      case 'failed':
        throw new IdentityFault(describePageFault(returned.fault));
      case 'redirected':
        redirectUri.search = returned.url.search;
        return redirectUri;
    }
  }

  return async ({ iss, launch }, signal) => {
    try {
      // Nothing is sent to an address from a link: `iss` only chooses among the systems of the environment.
      const system =
        recordSystems.find((each) => each.iss === iss) ??
        refuse('launch-refused', 'iss', launchDetails.unknownRecordSystem);
      const document = await redeem(system, launch, signal);
      const at = (pointer: string) => valueAt(document, pointer);
      return {
        kind: 'answered',
        nhsNumber: at(system.nhsNumberAt),
        nhsNumberForm: system.nhsNumberForm,
        birthDate: system.birthDateAt === undefined ? 'not-asked' : { value: at(system.birthDateAt) },
        userId: system.userIdAt === undefined ? 'not-asked' : { value: at(system.userIdAt) },
      };
    } catch (error) {
      return { kind: 'failed', fault: describeRecordSystemError(error) };
    }
  };
}

/** RFC 6901. `undefined` where the document has no such value. */
function valueAt(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? Reflect.get(value, name)
          : undefined,
      document,
    );
}
