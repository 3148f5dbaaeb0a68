import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** For tests: an empty folder, removed after the test and its `afterEach`. Called in a test or in `beforeEach`. */
export function temporaryFolder(): string {
  return folderUntil(onTestFinished);
}

/** The same for all tests of a file or of a `describe`, in which it is called; removed after the last. */
export function sharedTemporaryFolder(): string {
  return folderUntil(afterAll);
}

function folderUntil(end: (remove: () => Promise<void>) => void): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cpis-viewer-test-'));
  // Not synchronously: a write that the test did not wait for would make the folder again.
  end(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
