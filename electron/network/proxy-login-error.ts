/** A proxy that asked for a log-in and got none that it took: as an answer, and in words. */
import { type FaultDetail, proxyDetails } from '../../shared/fault.ts';
import type { FailedResponse } from './api-response.ts';
import type { ProxyLoginProblem } from './proxy-login.ts';

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
