import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** For tests: an empty folder, removed after the test and its `afterEach`. Called in a test or in `beforeEach`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cpis-viewer-test-'));
  // Not synchronously: a write that the test did not wait for would make the folder again.
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
