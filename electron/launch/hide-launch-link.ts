/**
 * Removes launch links from the command line of this process. On Linux every user of the computer can read the command line
 * of every process (`/proc/<pid>/cmdline`, `ps`) for as long as the process runs, and a link can hold an NHS number and a
 * date of birth. `process.title` overwrites the memory that the system shows; Electron and Node have read a copy.
 * Chromium passes no launch link to its own processes. Until this function runs, a fraction of a second after each start,
 * the link can be read.
 * Source: Node, `process.title`; proc_pid_cmdline(5).
 */
import { findLaunchLinks } from './launch-link-queue.ts';

/** The members of Node's `process` that this module uses. */
export interface TitledProcess {
  readonly platform: NodeJS.Platform;
  readonly argv: readonly string[];
  title: string;
}

/** To be called before anything else. Only Linux needs it: Windows shows a command line to administrators only. */
export function hideLaunchLinks(process: TitledProcess): void {
  if (process.platform !== 'linux') return;
  const shown = process.argv.filter((arg) => findLaunchLinks([arg]).length === 0);
  if (shown.length < process.argv.length) process.title = shown.join(' ');
}
