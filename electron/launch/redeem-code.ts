/**
 * Redeems a one-time launch code: sends `POST code=…` to the URL of the site's environment, never to a URL from the link.
 * The issuer answers with the fields of the first link form as JSON, so that no NHS number is ever on a command line.
 * For a site's own issuer or an adapter. SMART App Launch, which EMIS-X speaks, is another exchange and not supported yet.
 */
import * as v from 'valibot';
import { type Fault, makeFault } from '../../shared/fault.ts';
import { readJson } from '../network/body.ts';
import type { Network } from '../network/network.ts';
import type { Environment } from '../settings/environment.ts';
import { readPatientContext } from './launch-link.ts';
import type { Redeemed } from './pending-launch.ts';

export interface RedeemDependencies {
  readonly settings: Environment['launch'];
  readonly network: Pick<Network, 'request'>;
  /** The time for the request, in milliseconds. */
  readonly timeoutMs: number;
  readonly newId: () => string;
}

const notSetUp = 'This site is not set up for how your record system opened this application.';

const answerSchema = v.record(v.string(), v.union([v.string(), v.number()]));

export function createRedeemer({ settings, network, timeoutMs, newId }: RedeemDependencies) {
  const failed = (kind: Fault['kind'], happened?: string): Redeemed => ({
    kind: 'failed',
    fault: makeFault(kind, newId(), happened === undefined ? undefined : { happened }),
  });

  return async function redeem(code: string, issuer: string | undefined): Promise<Redeemed> {
    if (settings === undefined) return failed('launch-refused', notSetUp);
    if (issuer !== undefined && issuer !== settings.issuer) {
      return failed('launch-refused', notSetUp);
    }
    const answer = await network.request({
      method: 'POST',
      url: new URL(settings.redeemUrl),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({ code }).toString(),
      timeoutMs,
    });
    if (answer.kind === 'failed') return failed(answer.fault === 'aborted' ? 'launch-refused' : answer.fault);
    if (answer.status >= 500) return failed('service-failing');
    if (answer.status !== 200) return failed('launch-refused', 'The launch code is not valid any more.');
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
