/**
 * `app://viewer/`: the only origin of the viewer's window. The scheme replaces `file://`, whose pages may read other
 * files.
 * Source: Electron, "Security", point 18 (avoid usage of the file:// protocol and prefer custom protocols).
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ProtocolRequest, type ProtocolResponse, protocol, type Session } from 'electron';
import { retryWhileLocked } from '../files/locked-file.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { resolveInside } from './resolve-inside.ts';

export const viewerOrigin = 'app://viewer';
export const viewerPage = `${viewerOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Must run before the app is ready. */
export function registerViewerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the files of `folder`, and no others, to pages of `session`. Responses are buffers, because `protocol.handle`
 * wraps each response in streams that Node must load first while the page waits (docs/performance.md).
 *
 * No `Cross-Origin-Opener-Policy`: with it Chromium discards the process that the window began with, and the first paint waits
 * for a second one. It would shield the page from other windows that hold a reference to it. There is none: nothing opens
 * this page, and it can open nothing (`navigation.ts`, and the sandbox of the CSP).
 */
export function serveViewer(session: Session, folder: string): void {
  session.protocol.registerBufferProtocol('app', (request, respond) => {
    responseTo(request, folder).then(respond, () => respond(notRead));
  });
}

async function responseTo(
  { url: address, method }: ProtocolRequest,
  folder: string,
): Promise<ProtocolResponse> {
  const url = new URL(address);
  const file = url.host === 'viewer' && method === 'GET' ? resolveInside(folder, url.pathname) : undefined;
  const contentType = file === undefined ? undefined : contentTypes[path.extname(file)];
  if (file === undefined || contentType === undefined) return notFound;
  return {
    data: await retryWhileLocked(() => readFile(file)),
    headers: {
      'Content-Type': contentType,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    },
  };
}

const notFound: ProtocolResponse = {
  statusCode: 404,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy,
  },
  data: Buffer.from('Not found'),
};

/**
 * Of a file that is not there, or cannot be read: the page that asks for it does not load, where a 404 would count as loaded.
 * Source: Chromium, `net_error_list.h` (FILE_NOT_FOUND).
 */
const notRead: ProtocolResponse = { error: -6 };
