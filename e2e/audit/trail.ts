/** The trail of a viewer as information-governance staff see it: through `cpis-viewer audit`, with the site's key. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { quit } from '../driver/quit.ts';
import { userDataFolder, type Viewer, viewerCommand } from '../fixtures.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** What the environment file says of the audit: a synthetic site's public key. */
export const siteKey = {
  audit: { publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
};

/** `profile`: of the viewer that writes it. */
export function auditFolder(profile: string): string {
  return path.join(userDataFolder(profile), 'audit');
}

/** The file of the trail; no test here writes enough for a second one. */
export function trailFile(profile: string): string {
  return path.join(auditFolder(profile), 'audit-000000000001.jsonl');
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
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { code, out };
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

/** Quits the viewer, and gives the entries whose event is `wanted`. */
export async function finishTrail({ app, profile }: Viewer, wanted = /./): Promise<readonly ExportedEntry[]> {
  await quit(app);
  return (await exportTrail(profile)).filter(({ event }) => wanted.test(event));
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
