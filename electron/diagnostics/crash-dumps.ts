/**
 * Dumps of crashed processes: none, unless the site's policy asks for them. A dump is memory, and memory may hold a patient
 * or a token (H10), so dumps stay on the workstation, are never sent, and go with the policy that asked for them.
 * Source: Electron, `crashReporter.start`; Crashpad, `CrashReportDatabase`: where it keeps what.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { CrashReporter } from 'electron';
import { isJsonObject } from '../../shared/json.ts';
import { readJsonFileSync } from '../files/read-json-file.ts';
import { lastGoodPolicyFile } from '../settings/policy/last-good-policy-file.ts';

/**
 * Must run before the app is ready, which is before the policy is read: what counts is the policy of the last start.
 * Never throws.
 */
export function keepCrashDumpsIfAsked(userData: string, reporter: Pick<CrashReporter, 'start'>): void {
  if (wasAskedFor(userData)) reporter.start({ uploadToServer: false });
}

function wasAskedFor(userData: string): boolean {
  const read = readJsonFileSync(lastGoodPolicyFile(userData));
  return read.kind === 'read' && isJsonObject(read.value) && read.value['crashDumps'] === true;
}

/** Takes away what was kept under an earlier policy. `folder`: Crashpad's. Never rejects. */
export async function forgetCrashDumps(folder: string): Promise<void> {
  for (const kept of ['new', 'pending', 'completed', 'reports', 'attachments']) {
    await rm(path.join(folder, kept), { recursive: true, force: true }).catch(() => undefined);
  }
}
