/**
 * The log-in that the site has set for its proxy (`proxyLogIn`), for a proxy that does not authenticate users by Windows
 * or Kerberos. The viewer gives the log-in to that proxy alone, and to no other proxy and no service. The file is read for
 * each challenge, so that the site can renew the log-in. A refused log-in is not tried again, because accounts lock.
 *
 * Chromium sends a log-in that passed with later requests by itself. A challenge then means that the proxy refuses it
 * from now on, or that Digest's nonce ran out and the proxy did not say so: they look alike, so one request gives the
 * log-in once more, and all others wait for what becomes of it.
 */
import { createHash } from 'node:crypto';
import type { AuthInfo } from 'electron';
import type { Environment } from '../settings/environment.ts';
import { readSecretLines } from '../settings/secret-file.ts';

export interface ProxyCredentials {
  readonly user: string;
  readonly password: string;
}

export type Challenge = Pick<AuthInfo, 'isProxy' | 'scheme' | 'host' | 'port'>;

/** Why the viewer did not answer a proxy's challenge. */
export type ProxyLoginProblem = 'not-set' | 'not-readable' | 'refused';

export type ProxyLoginReply =
  | { readonly kind: 'given'; readonly logIn: ProxyCredentials }
  | { readonly kind: 'withheld'; readonly problem: ProxyLoginProblem };

/** The log-in attempts of one request. */
export interface ProxyLoginAttempt {
  /** Gives the log-in once at most: a second challenge means that the proxy has refused it. Never rejects. */
  answer(challenge: Challenge): Promise<ProxyLoginReply>;
  /** `passed`: the proxy forwarded the request. Call for every attempt. */
  end(passed: boolean): void;
}

export interface ProxyLogin {
  begin(): ProxyLoginAttempt;
  /** The result of the latest attempt with the log-in. */
  standing(): 'untried' | 'accepted' | 'refused';
}

/** The schemes with a user and a password. Chromium answers Negotiate itself, with the user's own log-on. */
const schemes = ['basic', 'digest', 'ntlm'];

/** Without settings no proxy gets a log-in. */
export function createProxyLogin(settings: Environment['proxyLogIn']): ProxyLogin {
  // Digests, so that no password is kept.
  let refused: string | undefined;
  let standing: ReturnType<ProxyLogin['standing']> = 'untried';
  /** How often a log-in has passed, and the last that did. */
  let passes = 0;
  let accepted: string | undefined;
  /** Settles when the attempt that tries the log-in has ended. Other requests wait, so that a wrong one is tried once. */
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

      /** `passesBefore`: as of when the challenge came. A log-in that has passed since then is right. */
      async function answer(challenge: Challenge, passesBefore = passes): Promise<ProxyLoginReply> {
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
        if (passes === passesBefore || digest !== accepted) {
          if (trial !== undefined) return trial.then(() => answer(challenge, passesBefore));
          if (ended) return withheld('not-set');
          const ownTrial = new Promise<void>((resolve) => {
            endTrial = resolve;
          });
          trial = ownTrial.then(() => {
            trial = undefined;
          });
        }
        given = digest;
        return { kind: 'given', logIn };
      }

      return {
        answer: (challenge) => answer(challenge),
        end(passed) {
          ended = true;
          if (passed && given !== undefined && given !== refused) {
            passes += 1;
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

/** For comparing hosts: in lower case, and without the brackets that some texts put around an IPv6 address. */
function nameOf(proxy: string): string {
  return proxy.toLowerCase().replaceAll(/[[\]]/g, '');
}

function digestOf({ user, password }: ProxyCredentials): string {
  return createHash('sha256')
    .update(JSON.stringify([user, password]))
    .digest('base64');
}

/** Reads a file with the user on the first line and the password on the second; `undefined` for any other content. */
export async function readProxyCredentials(file: string): Promise<ProxyCredentials | undefined> {
  const read = await readSecretLines(file);
  if (read.kind === 'unusable') return undefined;
  const [user = '', password = '', ...rest] = read.lines;
  return user !== '' && password !== '' && rest.length === 0 ? { user, password } : undefined;
}
