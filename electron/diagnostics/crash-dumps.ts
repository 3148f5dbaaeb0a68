/**
 * Dumps of crashed processes: none, unless the site's policy asks for them. A dump is memory, and memory may hold a patient
 * or a token (H10), so dumps stay on the workstation, are never sent, and go with the policy that asked for them.
 * Source: Electron, `crashReporter.start`; Crashpad, `CrashReportDatabase`: where it keeps what.
 */
import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CrashReporter } from 'electron';
import { lastGoodPolicyFile } from '../settings/policy/last-good-policy-file.ts';

/**
 * Must run before the app is ready, which is before the policy is read: what counts is the policy of the last start.
 * Never throws.
 */
export function keepCrashDumpsIfAsked(userData: string, reporter: Pick<CrashReporter, 'start'>): void {
  if (wasAskedFor(userData)) reporter.start({ uploadToServer: false });
}

function wasAskedFor(userData: string): boolean {
  try {
    const file = lastGoodPolicyFile(userData);
    // A FIFO in its place would hold the start up. The start loads no reader of files beside its one file.
    if (!statSync(file).isFile()) return false;
    const policy: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return (
      typeof policy === 'object' && policy !== null && 'crashDumps' in policy && policy.crashDumps === true
    );
  } catch {
    return false;
  }
}

/** Takes away what was kept under an earlier policy. `folder`: Crashpad's. Never rejects. */
export async function forgetCrashDumps(folder: string): Promise<void> {
  for (const kept of ['new', 'pending', 'completed', 'reports', 'attachments']) {
    await rm(path.join(folder, kept), { recursive: true, force: true }).catch(() => undefined);
  }
}
