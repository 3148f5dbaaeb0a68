/**
 * Keeps dumps of crashed processes only where the site's policy sets `crashDumps`. A dump contains memory, which may hold a
 * patient or a token (H10): dumps stay on the workstation, are never sent, and are deleted once the policy no longer sets it.
 * Source: Electron, `crashReporter.start`; Crashpad, `CrashReportDatabase` (its folders).
 */
import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CrashReporter } from 'electron';
import { lastGoodPolicyFile } from '../settings/policy/last-good-policy-file.ts';

/**
 * Must run before the app is ready, and so before the policy is read: the policy of the last start applies. Never throws.
 */
export function keepCrashDumpsIfAsked(userData: string, reporter: Pick<CrashReporter, 'start'>): void {
  if (isSetByPolicy(userData)) reporter.start({ uploadToServer: false });
}

function isSetByPolicy(userData: string): boolean {
  try {
    const file = lastGoodPolicyFile(userData);
    // A FIFO in its place would block the start. Not `readFileSafely`: the first chunk of the start does not load it.
    if (!statSync(file).isFile()) return false;
    const policy: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return (
      typeof policy === 'object' && policy !== null && 'crashDumps' in policy && policy.crashDumps === true
    );
  } catch {
    return false;
  }
}

/** Deletes the dumps that an earlier policy kept. `folder`: Crashpad's. Never rejects. */
export async function forgetCrashDumps(folder: string): Promise<void> {
  for (const kept of ['new', 'pending', 'completed', 'reports', 'attachments']) {
    await rm(path.join(folder, kept), { recursive: true, force: true }).catch(() => undefined);
  }
}
