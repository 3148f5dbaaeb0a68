/** A proxy's challenge and the check of its answer: RFC 7617 (Basic), RFC 7616 (Digest). */
import { createHash } from 'node:crypto';

export interface ProxyChallenge {
  readonly scheme: 'Basic' | 'Digest';
  readonly user: string;
  readonly password: string;
}

const realm = 'Synthetic Trust';
const nonce = 'bm90IHVzZWQgdHdpY2UgYnkgYW55Ym9keQ';

/** The value of `Proxy-Authenticate`. */
export function challengeText({ scheme }: ProxyChallenge): string {
  return scheme === 'Basic'
    ? `Basic realm="${realm}"`
    : `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=SHA-256`;
}

/** `header` is the value of `Proxy-Authorization`. */
export function isRight(
  { scheme, user, password }: ProxyChallenge,
  method: string,
  header: string | undefined,
): boolean {
  if (scheme === 'Basic') return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const said = new Map(
    [...(header ?? '').matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name, quoted, bare]) => [
      name,
      quoted ?? bare ?? '',
    ]),
  );
  const part = (name: string) => said.get(name) ?? '';
  const answer = [
    hash(`${user}:${realm}:${password}`),
    nonce,
    part('nc'),
    part('cnonce'),
    'auth',
    hash(`${method}:${part('uri')}`),
  ];
  return part('response') === hash(answer.join(':'));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
