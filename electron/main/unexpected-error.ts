/**
 * Ends the viewer when an error reaches the event loop of the main process. After it, the state of the process is not known,
 * and nothing of a patient may stay on the screen (H10, H14). Electron's own answer is a message box with the error's
 * text, which stops this process for as long as it is open: no lock, no timer and no quit would work.
 * Source: Node, "process", events `uncaughtException` and `unhandledRejection`; Electron, `lib/browser/init.ts`.
 */

/** The members of Node's `process` that this module uses. */
export interface ErrorSource {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}

export interface UnexpectedErrorHandlers {
  /** An error that nothing caught: ends the viewer. Called once. `place`: see `describePlace`. */
  readonly end: (place: string) => void;
  /** A rejected promise without a handler: Node goes on, and so does the viewer. */
  readonly report: (place: string) => void;
  /** A second error comes while the viewer ends: ends the process at once. */
  readonly exit: () => void;
}

/** Returns a function that replaces the handlers: the viewer can do more once its services are there. */
export function handleUnexpectedErrors(
  source: ErrorSource,
  atStart: UnexpectedErrorHandlers,
): (handlers: UnexpectedErrorHandlers) => void {
  let handlers = atStart;
  let ending = false;
  source.on('uncaughtException', (error: unknown) => {
    if (ending) return handlers.exit();
    ending = true;
    handlers.end(describePlace(error));
  });
  // Without a listener Node writes the error's text to standard error, which a desktop keeps in its journal.
  source.on('unhandledRejection', (reason: unknown) => handlers.report(describePlace(reason)));
  return (more) => {
    handlers = more;
  };
}

/** The name of the error and where it was thrown. Never its message, which can hold an NHS number. */
export function describePlace(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is no error';
  const place = /^ +at .*?([\w.-]+:\d+:\d+)\)?$/m.exec(framesOf(error))?.[1] ?? 'an unknown place';
  return `${error.name} at ${place}`;
}

/** The stack begins with the message, which may have lines of its own. */
function framesOf({ stack = '', message }: Error): string {
  return stack.slice(stack.indexOf(message) + message.length);
}
