/**
 * The log-in at a proxy for the pages of a window. Nothing else that asks for one is answered: where nobody prevents it,
 * Electron calls the question off.
 * Source: Electron, `webContents` event `login`.
 */
import type { WebContents } from 'electron';
import type { ProxyLogin, ProxyLoginAttempt, ProxyLoginProblem } from './proxy-login.ts';

export function handleProxyLogin(
  contents: WebContents,
  proxyLogIn: ProxyLogin,
  onUnanswered: (problem: ProxyLoginProblem) => void,
): void {
  /** By address: the requests of a page are not told apart otherwise. */
  const attempts = new Map<string, ProxyLoginAttempt>();
  contents.on('login', (event, { url }, challenge, answer) => {
    if (!challenge.isProxy) return;
    event.preventDefault();
    const attempt = attempts.get(url) ?? proxyLogIn.begin();
    attempts.set(url, attempt);
    void attempt.answer(challenge).then((answered) => {
      // Whether a page got through is not told: the next request of the main process finds out.
      attempt.end(false);
      if (answered.kind === 'given') return answer(answered.logIn.user, answered.logIn.password);
      answer();
      onUnanswered(answered.problem);
    });
  });
}
