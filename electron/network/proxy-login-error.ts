/** The failure of a request whose proxy got no log-in that it accepts, and the fault text of that failure. */
import type { makeFault } from '../../shared/fault.ts';
import type { FailedResponse } from './api-response.ts';
import type { ProxyLoginProblem } from './proxy-login.ts';

type FaultText = Parameters<typeof makeFault>[2];

const faultTexts: Readonly<Record<ProxyLoginProblem, FaultText>> = {
  'not-set': {
    happened: 'The network proxy asked for a log-in, and none is set for it.',
    action: 'Ask your IT service desk to set the log-in for the proxy, then try again.',
  },
  'not-readable': {
    happened: 'The network proxy asked for a log-in, and the file that holds it cannot be read.',
    action: 'Ask your IT service desk to check the log-in for the proxy, then try again.',
  },
  refused: {
    happened: 'The network proxy refused the log-in that is set for it.',
    action: 'Ask your IT service desk to renew the log-in for the proxy: it is not tried again until then.',
  },
};

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
export function proxyFaultText({ logInProblem }: FailedResponse): FaultText {
  return logInProblem === undefined ? undefined : faultTexts[logInProblem];
}
