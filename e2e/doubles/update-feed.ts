import { generateKeyPairSync, sign } from 'node:crypto';
import { feedName, signatureName, signedText } from '../../shared/update-feed.ts';
import { serveOnLoopback } from './loopback.ts';

export const newVersion = '99.0.0';

export interface Publisher {
  /** The address for the policy. */
  readonly feed: string;
  /** For the build that is to trust it. */
  readonly publicKey: string;
  /** The paths requested. */
  readonly asked: string[];
  readonly headers: Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export interface Publication {
  readonly version?: string;
  readonly signature?: 'right' | 'of another key' | 'missing';
  /** Changes the feed after it was signed. */
  readonly change?: (feed: string) => string;
  /** Answers the feed with a redirect to this address. */
  readonly redirect?: string;
}

/** A publisher's update feed on loopback with a new version, rightly signed or not. */
export async function publish(publication: Publication = {}): Promise<Publisher> {
  const { version = newVersion, signature = 'right', change = (feed) => feed, redirect } = publication;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signer = signature === 'right' ? privateKey : generateKeyPairSync('ed25519').privateKey;
  const feed = `${JSON.stringify({ version })}\n`;
  const asked: string[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];

  const { origin, close } = await serveOnLoopback((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(pathname);
    headers.push(request.headers);
    switch (pathname) {
      case `/viewer/${feedName}`:
        return void (redirect === undefined
          ? response.end(change(feed))
          : response.writeHead(302, { Location: redirect }).end());
      case `/viewer/${signatureName}`:
        return void (signature === 'missing'
          ? response.writeHead(404).end()
          : response.end(`${sign(null, Buffer.from(signedText(feed)), signer).toString('base64')}\n`));
      default:
        return void response.writeHead(404).end();
    }
  });
  return {
    feed: `${origin}/viewer`,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    asked,
    headers,
    close,
  };
}
