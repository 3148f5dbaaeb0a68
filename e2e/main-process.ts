/** Reads and changes the state of the main process. */
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type ElectronApplication, expect } from '@playwright/test';
import type { Viewer } from './driver/viewer-page.ts';

/** The operating system's id of the process that draws the viewer. */
export function rendererProcess(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() === null);
    return window?.webContents.getOSProcessId() ?? 0;
  });
}

/** Lets the process that draws the viewer crash, and waits until another has taken its place. */
export async function crashPage(app: ElectronApplication): Promise<void> {
  const before = await rendererProcess(app);
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => rendererProcess(app)).not.toBe(before);
}

/** Ends the viewer as a crash or a power cut does, or by another signal. */
export async function kill({ app }: Viewer, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  const ended = once(app.process(), 'exit');
  app.process().kill(signal);
  await ended;
}

/**
 * The main heading of the viewer's page; empty while there is none. Asked from the main process, since Playwright gives a page up
 * that has crashed. A page that ends meanwhile never answers.
 */
export function headingOf({ app }: Viewer): Promise<string> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed() || contents.getURL() === 'data:text/html,') return '';
    const heading = contents.executeJavaScript(`document.querySelector('h1')?.textContent ?? ''`);
    return Promise.race<string>([
      heading.catch(() => ''),
      new Promise((resolve) => setTimeout(() => resolve(''), 1_000)),
    ]);
  });
}

/** The system's dialogues to open and to save a file cannot be driven: they answer with this one. */
export async function chooseFile(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
}

/** All text in the viewer's page, read from the main process. */
export function textInWindow(app: ElectronApplication): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const text: unknown = await contents?.executeJavaScript('document.body.innerText');
    return typeof text === 'string' ? text : '';
  });
}

/** Of all windows, hidden ones too. */
export function windowTitles(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.getTitle()));
}

/** What something in the main process still refers to: V8 collects what nothing does before it writes. */
export async function mainHeap({ app, profile }: Pick<Viewer, 'app' | 'profile'>): Promise<string> {
  const file = path.join(profile, 'main.heapsnapshot');
  await app.evaluate((_electron, to) => {
    process.getBuiltinModule('node:v8').writeHeapSnapshot(to);
  }, file);
  const heap = await readFile(file, 'utf8');
  await rm(file);
  return heap;
}

/** `id`: the operating system's, of any user's process. */
export function processExists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Presses a key as the operating system would: those that Playwright presses pass the main process by. */
export async function pressInWindow(
  app: ElectronApplication,
  keyCode: string,
  modifiers: readonly 'control'[] = [],
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, key) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      for (const type of ['keyDown', 'keyUp'] as const) {
        contents?.sendInputEvent({ type, keyCode: key.keyCode, modifiers: [...key.modifiers] });
      }
    },
    { keyCode, modifiers },
  );
}

/**
 * Answers the dialogues of the main process as a user would: yes to those that begin with one of these words, no to the
 * others. Returns a function that reads the questions so far.
 */
export async function answerQuestions(
  app: ElectronApplication,
  yesTo: readonly string[],
): Promise<() => Promise<readonly string[]>> {
  const questions = await app.evaluateHandle(({ dialog }, words) => {
    const asked: string[] = [];
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { message } = args.at(-1) as { readonly message: string };
      asked.push(message);
      return { response: words.some((word) => message.startsWith(word)) ? 0 : 1, checkboxChecked: false };
    };
    return asked;
  }, yesTo);
  return () => questions.evaluate((asked) => [...asked]);
}

/** The main process's own questions that are open now, in the system's real windows. */
export async function openQuestions(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  const questions = await app.evaluateHandle(({ dialog }) => {
    const open: string[] = [];
    const show = dialog.showMessageBox.bind(dialog) as (...args: unknown[]) => Promise<unknown>;
    Reflect.set(dialog, 'showMessageBox', async (...args: unknown[]) => {
      const { message } = args.at(-1) as { readonly message: string };
      open.push(message);
      try {
        return await show(...args);
      } finally {
        open.splice(open.indexOf(message), 1);
      }
    });
    return open;
  });
  return () => questions.evaluate((open) => [...open]);
}
