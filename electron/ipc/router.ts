/**
 * The only way into the main process. The router checks the sender and the arguments of each request, and replies with the
 * handler's outcome or with a fault. It throws nothing across IPC, because Electron keeps only an error's message.
 * Source: Electron, "Security", point 17 (validate the sender of all IPC messages).
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import {
  type ParsedRequest,
  type Reply,
  type RequestName,
  type Responses,
  requestNames,
  requestSchema,
} from '../../shared/contract.ts';
import { type Fault, makeFault } from '../../shared/fault.ts';
import { newReference } from '../diagnostics/reference.ts';
import { RefusedRequest } from './refused-request.ts';

export type Handlers = {
  readonly [Name in RequestName]: (
    request: ParsedRequest<Name>,
  ) => Responses[Name] | Promise<Responses[Name]>;
};

/** The handlers of a started application; `otherwise` answers the channels that have no handler. */
export type RouterTarget = (
  | { readonly handlers: Handlers; readonly otherwise?: never }
  | { readonly handlers: Partial<Handlers>; readonly otherwise: Fault }
) & {
  /**
   * Called for a refused request, a failed handler and an outcome with a fault. `detail` names the channel and the
   * reason, never an argument.
   */
  readonly report: (fault: Fault, detail: string) => void;
};

export interface RouterDependencies {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  /** Whether this frame is the viewer's own page: known window, main frame, exact origin. */
  readonly isViewer: (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean;
}

/** Answers every channel of the contract with its handler; an early request waits for the handlers. */
export function registerRoutes(routed: Promise<RouterTarget>, dependencies: RouterDependencies): void {
  for (const name of requestNames) registerRoute(name, routed, dependencies);
}

function registerRoute<Name extends RequestName>(
  name: Name,
  routed: Promise<RouterTarget>,
  { ipcMain, isViewer }: RouterDependencies,
): void {
  ipcMain.handle(name, async (event, request: unknown): Promise<Reply<Name>> => {
    // The sender is checked at once: its frame may be gone by the time the handlers are ready.
    const known = isViewer(event);
    const { handlers, otherwise, report } = await routed;
    const fail = (fault: Fault, detail: string): Reply<Name> => {
      report(fault, `${name}: ${detail}`);
      return { ok: false, fault };
    };
    if (!known) return fail(makeFault('request-refused', newReference()), 'unknown sender');
    const parsed = v.safeParse(requestSchema(name), request);
    if (!parsed.success) return fail(badArguments(name, parsed.issues, newReference()), 'arguments refused');
    const handler: Partial<Handlers>[Name] = handlers[name];
    if (handler === undefined) return fail(otherwise ?? makeFault('internal', newReference()), 'refused');
    try {
      // The schema of `name` made the request, so it is what the handler of `name` takes: TypeScript cannot correlate them.
      const value = await handler(parsed.output as ParsedRequest<Name>);
      if (isFailed(value)) report(value.fault, `${name}: ${value.kind}`);
      return { ok: true, value };
    } catch (error) {
      if (error instanceof RefusedRequest) return fail(error.fault, 'refused');
      return fail(
        makeFault('internal', newReference()),
        error instanceof Error ? error.name : 'unknown error',
      );
    }
  });
}

/** True for an outcome with a fault. The user gives its reference to the support team, who look it up in the log. */
function isFailed(value: unknown): value is { readonly kind: string; readonly fault: Fault } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'fault' in value;
}

/** The NHS number is the one argument that a user types, so it has a fault of its own; any other is an error of the page. */
function badArguments(name: RequestName, issues: readonly v.BaseIssue<unknown>[], reference: string): Fault {
  return name === 'patient.trace' && issues.every((issue) => v.getDotPath(issue) === 'nhsNumber')
    ? makeFault('nhs-number-invalid', reference)
    : makeFault('request-refused', reference);
}
