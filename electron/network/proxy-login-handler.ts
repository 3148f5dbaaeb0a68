import type { WebContents } from 'electron';
import type { ProxyLogin, ProxyLoginAttempt, ProxyLoginProblem } from './proxy-login.ts';

/**
 * Answers a proxy's log-in challenge for the pages of a window. A server's challenge gets no answer: without
 * `preventDefault`, Electron cancels it.
 * Source: Electron, `webContents` event `login`.
 */
export function handleProxyLogin(
  contents: WebContents,
  proxyLogIn: ProxyLogin,
  onUnanswered: (problem: ProxyLoginProblem) => void,
): void {
  /** By URL, because the event identifies a page's request by nothing else. */
  const attempts = new Map<string, ProxyLoginAttempt>();
  contents.on('login', (event, { url }, challenge, answer) => {
    if (!challenge.isProxy) return;
    event.preventDefault();
    const attempt = attempts.get(url) ?? proxyLogIn.begin();
    attempts.set(url, attempt);
    void attempt.answer(challenge).then((answered) => {
      // The event does not tell whether the proxy accepted: the next request of the main process finds out.
      attempt.end(false);
      if (answered.kind === 'given') return answer(answered.logIn.user, answered.logIn.password);
      answer();
      onUnanswered(answered.problem);
    });
  });
}
