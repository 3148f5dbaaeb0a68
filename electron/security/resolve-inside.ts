import path from 'node:path';

/**
 * The file that a URL path names below `folder`; `undefined` if the path leads outside. The comparison includes the
 * separator, so that `/app/renderer-secret` does not count as a part of `/app/renderer`.
 */
export function resolveInside(folder: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const root = path.resolve(folder);
  const file = path.resolve(root, `.${path.posix.normalize(`/${decoded}`)}`);
  return file.startsWith(root + path.sep) ? file : undefined;
}
