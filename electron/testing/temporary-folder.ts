/** For tests: an empty folder for one test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Called in a test or in `beforeEach`. The folder is removed after the test and its `afterEach`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cpis-viewer-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
