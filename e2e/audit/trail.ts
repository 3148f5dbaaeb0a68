/** The trail of a viewer as information-governance staff see it: through `cpis-viewer audit`, with the site's key. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { required, test, userDataFolder } from '../fixtures.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** What the environment file says of the audit: a synthetic site's public key. */
export const siteKey = {
  audit: { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
};

/** `profile`: of the viewer that writes it. */
export function auditFolder(profile: string): string {
  return path.join(userDataFolder(profile), 'audit');
}

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
}

/** Runs `cpis-viewer audit …` where there is no display. */
export async function auditCommand(...args: readonly string[]): Promise<CommandResult> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const [command, ...app] = viewerCommand();
  const child = spawn(command, [...app, 'audit', ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out };
}

/** The viewer that the test runs: the package itself, or Electron with the app's folder. */
function viewerCommand(): readonly [string, ...string[]] {
  const { use } = test.info().project;
  const isPackaged = 'packaged' in use && use.packaged === true;
  return isPackaged
    ? [required('CPIS_VIEWER_PACKAGED')]
    : [required('CPIS_VIEWER_ELECTRON'), required('CPIS_VIEWER_APP')];
}

export interface ExportedEntry {
  readonly event: string;
  readonly patient?: string | null;
  readonly [member: string]: unknown;
}

/** Every entry, with the NHS numbers opened. */
export async function exportTrail(profile: string): Promise<readonly ExportedEntry[]> {
  const key = path.join(profile, 'site-private-key.pem');
  await writeFile(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  await chmod(key, 0o644);
  const { out } = await auditCommand('export', auditFolder(profile), '--format=json', `--private-key=${key}`);
  const { entries } = JSON.parse(out) as { readonly entries: readonly ExportedEntry[] };
  return entries;
}

/** Their names, in their order. */
export const events = (entries: readonly ExportedEntry[]) => entries.map(({ event }) => event);

/** Tampers as a user could who knows the format: keeps the first entries, and rewrites the tail marker to match. */
export async function cutOff(folder: string, entriesKept: number): Promise<void> {
  const file = path.join(folder, 'audit-000000000001.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, entriesKept);
  const { seq, hash } = JSON.parse(lines.at(-1) ?? '') as { readonly seq: number; readonly hash: string };
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  await writeFile(path.join(folder, 'end-mark.json'), `${JSON.stringify({ hash, seq }).padEnd(127)}\n`);
}
