/**
 * Which process of a user shows the viewer. Electron's lock decides: the first process has it, and a later one passes its
 * command line to the first. A first one that is ending opens nothing any more: a later one waits for its end, and takes its
 * place with its own command line. Two never run at once.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from 'electron';
import { retryWhileLockedSync } from '../files/locked-file.ts';
import { decodeUtf8, readFileSafelySync } from '../files/read-file.ts';

/** `first` opens a window; `later` has passed its command line on; `too-early`: the first one has not ended in time. */
export type Instance = 'first' | 'later' | 'too-early';

/** Well over the time that a viewer takes to end (quit.ts). */
const endLimitMs = 10_000;
const pollMs = 50;

/**
 * Waits without an event loop, so before Chromium has opened anything in the user's data. Where these cannot be written,
 * Electron's lock always fails and the viewer would end without a message: such an instance goes on and says what is wrong.
 * It sends no lookup, because the audit trail cannot be written either.
 */
export function takeTurn(
  app: Pick<App, 'requestSingleInstanceLock' | 'getPath'>,
  limitMs = endLimitMs,
): Instance {
  const userData = app.getPath('userData');
  const file = endingFile(userData);
  for (let waitedMs = 0; ; ) {
    if (app.requestSingleInstanceLock()) {
      deleteLeft(file);
      return 'first';
    }
    if (!canWriteIn(userData)) return 'first';
    if (!isEnding(file)) return 'later';
    // After the lock has been asked for once more: a process that has ended seems to be there until its parent reaps it.
    if (waitedMs >= limitMs) return 'too-early';
    for (; waitedMs < limitMs && isEnding(file); waitedMs += pollMs) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs);
    }
  }
}

/**
 * Tells later processes that this one, the first, is ending. Never rejects: where the file cannot be written, a start while
 * this process ends is lost. Nothing that lies in the file's place is opened.
 */
export async function sayEnding(app: Pick<App, 'getPath'>): Promise<void> {
  const file = endingFile(app.getPath('userData'));
  try {
    await rm(file, { force: true });
    await writeFile(file, String(process.pid), { mode: 0o600, flag: 'wx' });
  } catch {
    // as said above
  }
}

/** Holds the id of the process that is ending, or has ended. The next first one deletes it. */
function endingFile(userData: string): string {
  return path.join(userData, 'ending');
}

function isEnding(file: string): boolean {
  const read = readFileSafelySync(file);
  const text = read.kind === 'read' ? decodeUtf8(read.bytes) : undefined;
  if (text === undefined || !/^[1-9]\d{0,9}$/.test(text)) return false;
  // Left by a former process that had the number of this one.
  if (Number(text) === process.pid) return false;
  try {
    return process.kill(Number(text), 0); // signal 0 asks whether the process is there
  } catch {
    return false;
  }
}

/** Writes a probe, because no API tells of a full disk or of the access rights of Windows. */
function canWriteIn(folder: string): boolean {
  const probe = path.join(folder, `write-probe-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(4_096), { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** What cannot be deleted is harmless until its number is that of another process. */
function deleteLeft(file: string): void {
  try {
    retryWhileLockedSync(() => rmSync(file, { force: true }));
  } catch {
    // as said above
  }
}
