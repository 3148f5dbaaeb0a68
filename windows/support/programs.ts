/** Starts the programs of these tests, and programs of Windows. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { given } from './given.ts';

function programFile(name: 'hold-file' | 'start-program'): string {
  return path.join(given('PROGRAMS'), `${name}.exe`);
}

export interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly error: string;
}

/** A program that hangs, as with a box that nobody answers, is ended: its exit code is `null`. */
const longestRunMs = 60_000;

/**
 * Starts a program by `start`. On a busy machine Wine now and then starts no process at all, with an error that Node has no name
 * for, and throws: nothing was run, so the start is tried once more.
 */
export function started<Child>(program: string, start: () => Child): Child {
  try {
    return start();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'UNKNOWN')) throw error;
    process.stderr.write(`${program} was not started (${error.message}), and is started again.\n`);
    return start();
  }
}

/** Runs a program with pipes to its end. `verbatim`: the arguments are written as they are, without quotes. */
export async function runProgram(
  program: string,
  programArguments: readonly string[],
  { verbatim = false } = {},
): Promise<Ended> {
  const child = started(program, () =>
    spawn(program, programArguments, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
      timeout: longestRunMs,
    }),
  );
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const closed = once(child, 'close');
  const [exitCode] = await once(child, 'exit');
  // Wine's desktop, which the first window starts, keeps the pipes of its starter open.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  return { exitCode, out, error };
}

export interface HeldFile {
  release(): Promise<void>;
}

/** Has another program hold the file, for so long or until it is released. `others`: what they may do with it meanwhile. */
export async function holdFile(
  file: string,
  others: 'none' | 'read' | 'write' | 'all',
  forMs?: number,
): Promise<HeldFile> {
  const words = [file, others, ...(forMs === undefined ? [] : [String(forMs)])];
  const holder = programFile('hold-file');
  const child = started(holder, () => spawn(holder, words, { stdio: ['pipe', 'pipe', 'inherit'] }));
  const ended = once(child, 'exit');
  const isHeld = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!isHeld) throw new Error(`${file} could not be held.`);
  return {
    async release() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Starts a part of `programs.ts`. */
export function startBundle(bundleArguments: readonly string[]): ChildProcess {
  return started('The bundle', () =>
    spawn(process.execPath, [given('BUNDLE'), ...bundleArguments], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
}

/** Runs the bundle of `programs.ts` on the Node of these tests. */
export function runBundle(bundleArguments: readonly string[]): Promise<Ended> {
  return runProgram(process.execPath, [given('BUNDLE'), ...bundleArguments]);
}

/** Starts something that adds a line to the file, and settles once the line is there. */
export async function startedFor(file: string, start: () => Promise<unknown>): Promise<void> {
  const sizeOf = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const before = sizeOf();
  await start();
  for (const giveUpAt = Date.now() + 30_000; sizeOf() === before; ) {
    if (Date.now() > giveUpAt) throw new Error(`Nothing was written to ${file}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
