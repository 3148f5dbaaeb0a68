/**
 * The metadata of a record system: SMART's at `<iss>/.well-known/smart-configuration`, or those of OpenID Connect Discovery
 * where the environment names the issuer. They come from an address of the environment, never of a link.
 * Source: HL7 SMART App Launch 2.2, "Conformance"; OpenID Connect Discovery, section 4.
 */
import type { ServerMetadata } from 'openid-client';
import * as v from 'valibot';
import { launchDetails } from '../../shared/fault.ts';
import { readJson } from '../network/body.ts';
import type { Network } from '../network/network.ts';
import { NetworkFailure } from '../network/network-failure.ts';
import type { RecordSystemSettings } from '../settings/environment.ts';
import { allowedEndpoint } from './allowed-endpoint.ts';
import { refuse } from './identity-fault.ts';

const metadataSchema = v.object({
  /** SMART 2.2 needs it only for ID tokens. */
  issuer: v.optional(v.string()),
  authorization_endpoint: v.string(),
  token_endpoint: v.string(),
  jwks_uri: v.optional(v.string()),
  authorization_response_iss_parameter_supported: v.optional(v.boolean(), false),
});

export interface MetadataRequest {
  readonly network: Pick<Network, 'request'>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Throws `NetworkFailure` or `IdentityFault`. */
export async function findMetadata(
  system: RecordSystemSettings,
  { network, timeoutMs, signal }: MetadataRequest,
): Promise<ServerMetadata> {
  const { iss, issuer = iss, hosts } = system;
  const answer = await network.request({
    method: 'GET',
    url: metadataUrlOf(system),
    headers: { Accept: 'application/json' },
    timeoutMs,
    signal,
  });
  if (answer.kind === 'failed') throw new NetworkFailure(answer);
  if (answer.status >= 500) refuse('service-failing', 'metadata');
  const parsed = v.safeParse(metadataSchema, answer.status === 200 ? readJson(answer.body) : undefined);
  if (!parsed.success) return refuse('answer-not-understood', 'metadata');
  const { authorization_endpoint, token_endpoint, jwks_uri, ...others } = parsed.output;
  const areAllowed = [
    authorization_endpoint,
    token_endpoint,
    ...(jwks_uri === undefined ? [] : [jwks_uri]),
  ].every((endpoint) => allowedEndpoint(endpoint, issuer, hosts) !== undefined);
  const isIssuer = system.issuer === undefined || others.issuer === system.issuer;
  if (!areAllowed || !isIssuer) refuse('launch-refused', 'metadata', launchDetails.addressNotAllowed);
  return {
    issuer: others.issuer ?? issuer,
    authorization_endpoint,
    token_endpoint,
    ...(jwks_uri === undefined ? {} : { jwks_uri }),
    authorization_response_iss_parameter_supported: others.authorization_response_iss_parameter_supported,
  };
}

function metadataUrlOf({ iss, issuer, metadataUrl }: RecordSystemSettings): URL {
  if (metadataUrl !== undefined) return new URL(metadataUrl);
  const [base, name] = issuer === undefined ? [iss, 'smart-configuration'] : [issuer, 'openid-configuration'];
  return new URL(`${base.replace(/\/$/, '')}/.well-known/${name}`);
}
