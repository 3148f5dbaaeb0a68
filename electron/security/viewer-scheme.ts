/**
 * `app://viewer/`: the only place the viewer's window loads from. A scheme of our own instead of `file://`, whose
 * pages may read other files.
 * Source: Electron, "Security", point 18 (avoid usage of the file:// protocol and prefer custom protocols).
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ProtocolRequest, type ProtocolResponse, protocol, type Session } from 'electron';
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
 * Serves the files of `folder`, and nothing outside it, to pages of `session`. As buffers: `protocol.handle` wraps each
 * answer in a Response and its streams, which Node must load first, and the page waits for it (docs/performance.md).
 */
export function serveViewer(session: Session, folder: string): void {
  session.protocol.registerBufferProtocol('app', (request, answer) => {
    answerTo(request, folder).then(answer, () => answer(notFound));
  });
}

async function answerTo(
  { url: address, method }: ProtocolRequest,
  folder: string,
): Promise<ProtocolResponse> {
  const url = new URL(address);
  const file = url.host === 'viewer' && method === 'GET' ? resolveInside(folder, url.pathname) : undefined;
  const contentType = file === undefined ? undefined : contentTypes[path.extname(file)];
  if (file === undefined || contentType === undefined) return notFound;
  return {
    data: await readFile(file),
    headers: {
      'Content-Type': contentType,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
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
