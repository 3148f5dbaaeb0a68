/**
 * Ends a run by an error that nothing caught, and starts the viewer again. A viewer that ends so again and again does
 * not start by itself, and says so.
 */
import { app, type BrowserWindow } from 'electron';
import { type Fault, makeFault, startProblems } from '../../shared/fault.ts';
import type { RunMark } from '../diagnostics/former-run.ts';
import { newReference } from '../diagnostics/reference.ts';
import { findLaunchLinks } from '../launch/launch-link-queue.ts';
import { StartProblem } from './end-at-start.ts';
import type { UnexpectedErrorHandlers } from './unexpected-error.ts';

/** A viewer that ends by an error this often, each time soon after its start, does not start again by itself. */
const mostStopsInARow = 3;

/** Throws a `StartProblem` where the runs before this one ended by an error too often. */
export function refuseAfterStops({ former, remove }: RunMark): void {
  if (former.kind !== 'not-in-order' || former.stop === undefined) return;
  if (former.stop.inARow < mostStopsInARow) return;
  remove(); // the user may try again
  throw new StartProblem(startProblems.keepsStopping(former.stop.reference));
}

interface Run {
  readonly window: BrowserWindow;
  readonly runMark: RunMark;
  readonly report: (fault: Fault, place: string) => void;
  readonly now: () => Date;
  /** Whether the user, an installer or the system has asked for the end. */
  readonly isQuitting: () => boolean;
}

/** `hasEnded`: an error has ended the run, and the viewer is quitting for it. */
export function createEndByError({ window, runMark, report, now, isQuitting }: Run): {
  readonly handlers: UnexpectedErrorHandlers;
  readonly hasEnded: () => boolean;
} {
  let ended = false;
  const handlers: UnexpectedErrorHandlers = {
    end(place) {
      ended = true;
      const isAskedToEnd = isQuitting(); // before the window is destroyed, which quits too
      const fault = makeFault('internal', newReference());
      report(fault, place);
      runMark.stop(fault.reference, now());
      if (!window.isDestroyed()) window.destroy();
      if (!isAskedToEnd) startAgain(); // not where the user or an installer has asked for the end
      app.quit();
    },
    report: (place) => report(makeFault('internal', newReference()), place),
    exit: () => app.exit(1),
  };
  return { handlers, hasEnded: () => ended };
}

/** H10: without the launch links, which the command line still has. */
function startAgain(): void {
  app.relaunch({ args: process.argv.slice(1).filter((arg) => findLaunchLinks([arg]).length === 0) });
}
