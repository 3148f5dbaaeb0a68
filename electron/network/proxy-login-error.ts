/** The failure of a request whose proxy got no log-in that it accepts, and the fault text of that failure. */
import { type FaultDetail, proxyDetails } from '../../shared/fault.ts';
import type { FailedResponse } from './api-response.ts';
import type { ProxyLoginProblem } from './proxy-login.ts';

/** `delivered`: whether a service may have got the request. */
export function proxyLoginError(
  problem: ProxyLoginProblem,
  delivered: FailedResponse['delivered'],
): FailedResponse {
  return {
    kind: 'failed',
    fault: 'proxy',
    delivered: delivered,
    detail: `proxy log-in ${problem}`,
    logInProblem: problem,
  };
}

/** For `makeFault`; `undefined` for any other failure. */
export function proxyFaultText({ logInProblem }: FailedResponse): FaultDetail | undefined {
  return logInProblem === undefined ? undefined : proxyDetails[logInProblem];
}
