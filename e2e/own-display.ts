/**
 * An X display for one test or one worker alone, with real keys, a real mouse and a second X client beside the viewer: focus
 * and both clipboards belong to a display, and tests that run at the same time must not share them. Playwright's own keys
 * reach the page past the window system, and its clipboard is the viewer's; these go the way of a user's.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { openInvisibleDisplay } from './driver/display.ts';
import { test as base, started } from './fixtures.ts';
import { windowTitle } from './screens.ts';

const run = promisify(execFile);

/** CLIPBOARD is what Copy and Paste use; PRIMARY is filled by selecting alone. */
export type Selection = 'clipboard' | 'primary';

export interface OwnDisplay {
  /** For `launch`. */
  readonly env: Readonly<Record<string, string>>;
  /** Gives the keyboard to the window of this title: there is no window manager. */
  focus(title: string): Promise<void>;
  /** Presses keys by their X names, as in `ctrl+a`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Presses a key in the windows of this title and in no other, also where they have just closed. */
  pressIn(title: string, key: string): Promise<void>;
  /** Types with the keyboard. */
  type(text: string): Promise<void>;
  /** Types a barcode as a scanner does: fast, with Ctrl+] for the separator GS, and Enter at the end. */
  scan(barcode: string): Promise<void>;
  /** Moves the mouse to a place of the display and presses a button of it: 1 left, 3 right. */
  click(x: number, y: number, button?: 1 | 3): Promise<void>;
  /** Presses at one place, moves in steps, and releases at another. */
  drag(from: Point, to: Point): Promise<void>;
  /** What another program would paste; empty where no program offers text. */
  read(selection: Selection): Promise<string>;
  /** Another program copies something. */
  offer(selection: Selection, text: string): Promise<void>;
  /** Whether a window with this title is there. */
  hasWindow(title: string): Promise<boolean>;
  /** The number of windows on the display, an open menu among them. */
  windowCount(): Promise<number>;
  /** Lets the keyboard have another layout, as `setxkbmap` names it. */
  setLayout(layout: string): Promise<void>;
  close(): Promise<void>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Displays {
  /** Of the worker's shared viewer alone, which `signedIn` gives with the keyboard; no program offers text there. */
  readonly display: OwnDisplay;
  /** Of this test alone. `launch` is given its `env`, and comes after it, so that it ends before it. */
  readonly ownDisplay: OwnDisplay;
}

export const test = base.extend<Displays, { readonly workerDisplay: OwnDisplay }>({
  ownDisplay: started(openOwnDisplay, (display) => display.close()),
  workerDisplay: [started(openOwnDisplay, (display) => display.close()), { scope: 'worker' }],
  sharedLaunch: [({ workerDisplay: { env } }, use) => use({ env }), { scope: 'worker' }],
  display: async ({ workerDisplay }, use) => {
    for (const selection of ['clipboard', 'primary'] as const) await workerDisplay.offer(selection, '');
    await use(workerDisplay);
    await workerDisplay.setLayout('us'); // as at first
  },
  signedIn: async ({ workerDisplay, signedIn }, use) => {
    await workerDisplay.focus(windowTitle);
    await use(signedIn);
  },
});

async function openOwnDisplay(): Promise<OwnDisplay> {
  const { env, close } = await openInvisibleDisplay();
  const options = { env: { ...process.env, ...env } };
  const xdotool = async (...words: readonly string[]) => (await run('xdotool', words, options)).stdout;
  const move = ({ x, y }: Point) => ['mousemove', String(Math.round(x)), String(Math.round(y))];

  const windows = (title: string) =>
    xdotool('search', '--onlyvisible', '--name', `^${title}$`).then(
      (found) => found.split('\n').filter((id) => id !== ''),
      () => [], // xdotool fails where it finds none
    );

  return {
    env,
    async focus(title) {
      const [window] = await windows(title);
      if (window === undefined) throw new Error(`no window "${title}"`);
      await xdotool('windowfocus', '--sync', window);
    },
    async press(...keys) {
      await xdotool('key', '--clearmodifiers', ...keys);
    },
    async pressIn(title, key) {
      for (const window of await windows(title))
        await xdotool('key', '--window', window, key).catch(() => undefined); // it has closed
    },
    async type(text) {
      await xdotool('type', '--delay', '5', text);
    },
    async scan(barcode) {
      const typed = barcode.split('\u001d').map((part) => ['type', '--delay', '5', '--args', '1', part]);
      const separated = typed.flatMap((words, at) =>
        at === 0 ? words : ['key', 'ctrl+bracketright', ...words],
      );
      await xdotool(...separated, 'key', 'Return');
    },
    async click(x, y, button = 1) {
      await xdotool(...move({ x, y }), 'click', String(button));
    },
    async drag(from, to) {
      const between = [1, 2, 3, 4, 5].map((step) => ({
        x: from.x + ((to.x - from.x) * step) / 5,
        y: from.y + ((to.y - from.y) * step) / 5,
      }));
      await xdotool(...move(from), 'mousedown', '1');
      for (const point of between) await xdotool(...move(point));
      await xdotool('mouseup', '1');
    },
    read: (selection) =>
      run('xclip', ['-o', '-selection', selection], { ...options, timeout: 5_000 }).then(
        ({ stdout }) => stdout,
        () => '', // xclip fails where no program offers text
      ),
    async offer(selection, text) {
      const owner = spawn('xclip', ['-i', '-selection', selection], {
        ...options,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      owner.stdin.end(text);
      await once(owner, 'exit'); // it goes on in the background, and ends with the display
    },
    hasWindow: async (title) => (await windows(title)).length > 0,
    windowCount: async () =>
      (await xdotool('search', '--onlyvisible', '--maxdepth', '1', '--class', '')).trim().split('\n').length,
    async setLayout(layout) {
      await run('setxkbmap', layout.split(' '), options);
    },
    close,
  };
}
