/** A publisher's web server on this computer, with a new version in it: signed as it should be, or spoilt. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { signatureNameOf, signedText } from '../../shared/update-feed.ts';
import { listenOnLoopback } from '../loopback-port.ts';

export const newVersion = '99.0.0';
export const newContent = `#!/bin/sh\n# the new version\n${'0123456789abcdef\n'.repeat(40_000)}`;

export interface Publisher {
  /** As the policy names it. */
  readonly feed: string;
  /** As a build has it in it. */
  readonly publicKey: string;
  /** The paths that were asked for. */
  readonly asked: string[];
  readonly headers: Readonly<Record<string, unknown>>[];
  close(): void;
}

export interface Publication {
  readonly version?: string;
  /** Of another publisher, or nothing at all. */
  readonly signature?: 'right' | 'of another key' | 'missing';
  /** What is done to the feed after it was signed. */
  readonly change?: (feed: string) => string;
  readonly download?: 'whole' | 'cut off half-way' | 'another file' | 'stops half-way' | URL;
}

const feedName = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`;

export async function publish(publication: Publication = {}): Promise<Publisher> {
  const {
    version = newVersion,
    signature = 'right',
    change = (feed) => feed,
    download = 'whole',
  } = publication;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signer = signature === 'right' ? privateKey : generateKeyPairSync('ed25519').privateKey;
  const file = `cpis-viewer-${version}-linux-x86_64.AppImage`;
  const feed = feedOf(version, file);
  const asked: string[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(pathname);
    headers.push(request.headers);
    switch (pathname) {
      case `/viewer/${feedName}`:
        return void response.end(change(feed));
      case `/viewer/${signatureNameOf(feedName)}`:
        return void (signature === 'missing'
          ? response.writeHead(404).end()
          : response.end(signatureOf(feed, signer)));
      case `/viewer/${file}`:
        return void sendDownload(response, download);
      default:
        return void response.writeHead(404).end();
    }
  });
  const port = await listenOnLoopback(server);
  return {
    feed: `http://127.0.0.1:${port}/viewer`,
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    asked,
    headers,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sendDownload(response: ServerResponse, download: NonNullable<Publication['download']>): void {
  if (download instanceof URL) {
    response.writeHead(302, { Location: download.href }).end();
    return;
  }
  switch (download) {
    case 'whole':
      response.end(newContent);
      return;
    case 'another file':
      response.end(newContent.replace('the new version', 'something else '));
      return;
    case 'cut off half-way':
    case 'stops half-way':
      response.writeHead(200, { 'Content-Length': newContent.length });
      response.write(newContent.slice(0, newContent.length / 2), () => {
        if (download === 'cut off half-way') response.destroy();
      });
  }
}

/** As electron-builder writes it. */
function feedOf(version: string, file: string): string {
  const sha512 = createHash('sha512').update(newContent).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${file}`,
    `    sha512: ${sha512}`,
    `    size: ${newContent.length}`,
    `path: ${file}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-24T12:00:00.000Z'",
    '',
  ].join('\n');
}

function signatureOf(feed: string, key: KeyObject): string {
  return `${sign(null, Buffer.from(signedText(feedName, feed)), key).toString('base64')}\n`;
}
