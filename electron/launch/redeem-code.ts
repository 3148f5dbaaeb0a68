import * as v from 'valibot';
import { type FaultDetail, type FaultKind, launchDetails, makeFault } from '../../shared/fault.ts';
import { readJson } from '../network/body.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import { type LaunchLink, readPatientContext } from './launch-link.ts';
import type { Redeemed } from './pending-launch.ts';

export interface RedeemDependencies {
  readonly settings: Pick<Environment['launch'], 'redeemUrl' | 'issuer'>;
  readonly network: Pick<Network, 'request'>;
  readonly timeoutMs: number;
  readonly newId: () => string;
}

type CodeLink = Extract<LaunchLink, { kind: 'code' }>;

const answerSchema = v.record(v.string(), v.union([v.string(), v.number()]));

/**
 * Redeems a one-time launch code: sends `POST code=…` to the URL of the site's environment, never to a URL from the link.
 * The issuer answers with the fields of the third form of a link as JSON, so that no NHS number is ever on a command line.
 * For a site's own issuer or an adapter. SMART App Launch, which EMIS-X speaks, is another exchange.
 */
export function createRedeemer({ settings, network, timeoutMs, newId }: RedeemDependencies) {
  const failed = (kind: FaultKind, detail?: FaultDetail): Redeemed => ({
    kind: 'failed',
    fault: makeFault(kind, newId(), detail),
  });

  return async function redeem({ code, issuer }: CodeLink, signal: AbortSignal): Promise<Redeemed> {
    if (settings.redeemUrl === undefined) return failed('launch-refused', launchDetails.noCodes);
    if (issuer !== undefined && issuer !== settings.issuer)
      return failed('launch-refused', launchDetails.unknownRecordSystem);
    const answer = await network.request({
      method: 'POST',
      url: new URL(settings.redeemUrl),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({ code }).toString(),
      timeoutMs,
      signal,
    });
    if (answer.kind === 'failed') return failed(answer.fault === 'aborted' ? 'launch-refused' : answer.fault);
    if (answer.status >= 500) return failed('service-failing');
    if (answer.status !== 200) return failed('launch-refused', launchDetails.codeNotValid);
    const context = readAnswer(readJson(answer.body));
    return context === undefined ? failed('answer-not-understood') : { kind: 'context', context };
  };
}

function readAnswer(body: unknown) {
  try {
    const fields = v.parse(answerSchema, body);
    return readPatientContext(new Map(Object.entries(fields).map(([name, value]) => [name, String(value)])));
  } catch {
    return undefined;
  }
}
