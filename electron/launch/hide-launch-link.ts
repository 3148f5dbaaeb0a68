/**
 * Takes launch links off the command line of this process. On Linux every user of the computer can read the command line
 * of every process (`/proc/<pid>/cmdline`, `ps`) for as long as the process runs, and a link can hold an NHS number and a
 * date of birth. `process.title` writes over the memory that the system shows; what Electron and Node read of the command
 * line is a copy. Chromium hands no switch of ours to its own processes. Until this runs the link can be read: a fraction
 * of a second of each start.
 * Source: Node, `process.title`; proc_pid_cmdline(5).
 */
import { findLaunchLinks } from './launch-link-queue.ts';

/** The part of Node's `process` that is used here. */
export interface TitledProcess {
  readonly platform: NodeJS.Platform;
  readonly argv: readonly string[];
  title: string;
}

/** Call before anything else. Elsewhere than on Linux it does nothing: Windows shows it to administrators alone. */
export function hideLaunchLinks(process: TitledProcess): void {
  if (process.platform !== 'linux') return;
  const shown = process.argv.filter((arg) => findLaunchLinks([arg]).length === 0);
  if (shown.length < process.argv.length) process.title = shown.join(' ');
}
