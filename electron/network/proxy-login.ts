/**
 * The log-in that the site has set for its proxy (`proxyLogIn`), where that does not know the user by Windows or Kerberos.
 * Given to that proxy alone: one that the network made up, and a service that asks for itself, get nothing. Read afresh
 * for each question, so that it can be renewed; one that was refused is not tried again, because accounts lock.
 */
import { createHash } from 'node:crypto';
import type { AuthInfo } from 'electron';
import type { Environment } from '../settings/environment.ts';
import { type ProxyCredentials, readProxyCredentials } from './proxy-credentials.ts';

export type Challenge = Pick<AuthInfo, 'isProxy' | 'scheme' | 'host' | 'port'>;

/** Why a proxy's question was left without an answer. */
export type ProxyLoginProblem = 'not-set' | 'not-readable' | 'refused';

export type ProxyLoginReply =
  | { readonly kind: 'given'; readonly logIn: ProxyCredentials }
  | { readonly kind: 'withheld'; readonly problem: ProxyLoginProblem };

/** What one request says to the proxies on its way. */
export interface ProxyLoginAttempt {
  /** Gives the log-in once at most: whoever asks again has refused it. Never rejects. */
  answer(challenge: Challenge): Promise<ProxyLoginReply>;
  /** `passed`: the proxy let the request through. To be called for every attempt. */
  end(passed: boolean): void;
}

export interface ProxyLogin {
  begin(): ProxyLoginAttempt;
  /** What became of the log-in when it was last tried. */
  standing(): 'untried' | 'accepted' | 'refused';
}

/** Those that take a user and a password. To Negotiate, Chromium answers with the user's own log-on, or nobody does. */
const schemes = ['basic', 'digest', 'ntlm'];

export function createProxyLogin(settings: Environment['proxyLogIn']): ProxyLogin {
  // By their digests, so that no password is kept here.
  let accepted: string | undefined;
  let refused: string | undefined;
  let standing: ReturnType<ProxyLogin['standing']> = 'untried';
  /** Is over when it is known whether a new log-in is right. Until then nobody else tries it: one wrong try, not five. */
  let trial: Promise<void> | undefined;

  function isFor({ isProxy, scheme, host, port }: Challenge): boolean {
    return (
      isProxy &&
      schemes.includes(scheme.toLowerCase()) &&
      settings !== undefined &&
      nameOf(`${host}:${port}`) === nameOf(settings.proxy)
    );
  }

  return {
    standing: () => standing,
    begin() {
      let given: string | undefined;
      let ended = false;
      let endTrial = () => {};

      async function answer(challenge: Challenge): Promise<ProxyLoginReply> {
        if (settings === undefined || !isFor(challenge)) return withheld('not-set');
        if (given !== undefined) {
          refused = given;
          standing = 'refused';
          return withheld('refused');
        }
        const logIn = await readProxyCredentials(settings.file);
        if (logIn === undefined) return withheld('not-readable');
        const digest = digestOf(logIn);
        if (digest === refused) return withheld('refused');
        if (digest !== accepted) {
          if (trial !== undefined) return trial.then(() => answer(challenge));
          if (ended) return withheld('not-set');
          const ours = new Promise<void>((resolve) => {
            endTrial = resolve;
          });
          trial = ours.then(() => {
            trial = undefined;
          });
        }
        given = digest;
        return { kind: 'given', logIn };
      }

      return {
        answer,
        end(passed) {
          ended = true;
          if (passed && given !== undefined && given !== refused) {
            accepted = given;
            standing = 'accepted';
          }
          endTrial();
        },
      };
    },
  };
}

function withheld(problem: ProxyLoginProblem): ProxyLoginReply {
  return { kind: 'withheld', problem };
}

/** As hosts are compared; an IPv6 address is written with brackets here and without there. */
function nameOf(proxy: string): string {
  return proxy.toLowerCase().replaceAll(/[[\]]/g, '');
}

function digestOf({ user, password }: ProxyCredentials): string {
  return createHash('sha256')
    .update(JSON.stringify([user, password]))
    .digest('base64');
}
