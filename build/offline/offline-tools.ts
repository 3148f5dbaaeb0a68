/**
 * electron-builder fetches its tools from the host that Electron's releases come from. Where that host is out of reach
 * it gets the ones of this machine: 7-Zip for archives, and for deb and rpm a stand-in for fpm (see `fpm/main.ts`).
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../commands/run.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';

const fpm = path.join(import.meta.dirname, 'fpm', 'main.ts');

/** Returns a function that removes them. */
export async function offerOfflineTools(origin: ElectronRuntime['origin']): Promise<() => Promise<void>> {
  if (origin === 'official' || process.platform !== 'linux') return async () => {};
  const sevenZip = await run('sh', ['-c', 'command -v 7za']).catch(() => '');
  if (sevenZip !== '') process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= sevenZip.trim();

  // Twice as fast as electron-builder's own level, for a few per cent more.
  process.env['ELECTRON_BUILDER_COMPRESSION_LEVEL'] ??= '6';

  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-fpm-'));
  const command = path.join(folder, 'fpm');
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${fpm}' "$@"\n`);
  await chmod(command, 0o755);
  process.env['CUSTOM_FPM_PATH'] ??= command;
  return () => rm(folder, { recursive: true, force: true });
}
