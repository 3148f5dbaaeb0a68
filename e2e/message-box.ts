import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from './fixtures.ts';

const run = promisify(execFile);

/**
 * Presses the button of the message box of a start that fails, until the start has `ended`: a press can come before the box has
 * the keyboard. `env`: names the display.
 */
export async function closeMessageBox<End>(
  ended: Promise<End>,
  env: Readonly<Record<string, string>>,
): Promise<End> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  // GTK names the box by what it is; its text it draws itself.
  const press = () =>
    run('xdotool', ['search', '--onlyvisible', '--name', '^Error$', 'key', 'Return'], {
      env: { ...process.env, ...env },
      timeout: 5_000,
    }).catch(() => undefined); // xdotool fails where there is none
  await expect
    .poll(
      async () => {
        if (!isOver) await press();
        return isOver;
      },
      { timeout: 30_000, intervals: [200] },
    )
    .toBe(true);
  return ended;
}
