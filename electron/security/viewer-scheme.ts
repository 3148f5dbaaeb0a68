/**
 * `app://viewer/`: the only place the viewer's window loads from. A scheme of our own instead of `file://`, whose
 * pages may read other files.
 * Source: Electron, "Security", point 18 (avoid usage of the file:// protocol and prefer custom protocols).
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
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

/** Serves the files of `folder`, and nothing outside it, to pages of `session`. */
export function serveViewer(session: Session, folder: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file =
      url.host === 'viewer' && request.method === 'GET' ? resolveInside(folder, url.pathname) : undefined;
    const contentType = file === undefined ? undefined : contentTypes[path.extname(file)];
    if (file === undefined || contentType === undefined) return notFound();
    try {
      return new Response(await readFile(file), {
        headers: {
          'Content-Type': contentType,
          'Content-Security-Policy': contentSecurityPolicy,
          'X-Content-Type-Options': 'nosniff',
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Resource-Policy': 'same-origin',
          'Referrer-Policy': 'no-referrer',
          'Cache-Control': 'no-store',
        },
      });
    } catch {
      return notFound();
    }
  });
}

function notFound(): Response {
  return new Response('Not found', {
    status: 404,
    headers: { 'Content-Security-Policy': contentSecurityPolicy },
  });
}
