/** One line a channel: who answers it. */
import type { ParsedRequest } from '../../shared/contract.ts';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { PrintOutcome } from '../../shared/print-outcome.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { Diagnostics } from '../diagnostics/support-bundle.ts';
import type { ApplicationState } from '../main/application-state.ts';
import type { Services } from '../main/services.ts';
import type { ViewerClipboard } from '../window/clipboard.ts';
import type { Purpose, UserGesture } from '../window/user-gesture.ts';
import { RefusedRequest } from './refused-request.ts';
import type { Handlers } from './router.ts';

export interface HandlerDependencies {
  readonly services: {
    readonly session: Omit<Services['session'], 'onChange' | 'authorisedFetch'>;
    readonly lookup: Services['lookup'];
    readonly launches: Services['launches'];
    readonly audit: Services['audit'];
  };
  readonly application: ApplicationState;
  readonly gesture: UserGesture;
  readonly clipboard: Pick<ViewerClipboard, 'copy' | 'selected'>;
  readonly print: () => Promise<PrintOutcome>;
  /** Ends the process of the page; a new one follows, without a patient. */
  readonly endPage: () => void;
  readonly openLink: (id: ParsedRequest<'link.open'>['id']) => Promise<void>;
  readonly diagnostics: Diagnostics;
}

export function createHandlers(dependencies: HandlerDependencies): Handlers {
  const { services, application, gesture, clipboard, print, endPage, openLink, diagnostics } = dependencies;
  const { session, lookup, launches, audit } = services;

  /** `undefined`: the user has chosen this. H14: nobody is asked whether they have while nobody is signed in. */
  async function findRefusal(purpose: Purpose): Promise<Fault | undefined> {
    if (session.permissions() === undefined) return makeFault('signed-out', newReference());
    return (await gesture.take(purpose)) ? undefined : makeFault('not-confirmed', newReference());
  }

  return {
    'application.read': application.view,
    'session.read': session.view,
    'session.signIn': session.signIn,
    'session.chooseRole': ({ roleId }) => session.chooseRole(roleId),
    'session.changeRole': session.changeRole,
    'session.lock': session.lock,
    'session.unlock': session.signIn,
    'session.signOut': () => session.signOut(),
    'patient.trace': async (request) => {
      // H4: nobody is traced whom no press has asked for, and so CP-IS is asked about nobody else.
      const refusal = await findRefusal({ kind: 'trace', nhsNumber: request.nhsNumber });
      if (refusal !== undefined) return { kind: 'could-not-trace', fault: refusal };
      application.sayLeftCheck(undefined); // the user has read it, and goes on
      const outcome = await lookup.trace(request);
      gesture.forget(); // H4: the press that found a patient is not the one that asks about them
      return outcome;
    },
    'patient.search': async (request) => {
      const refusal = await findRefusal({ kind: 'search' });
      if (refusal !== undefined) return { kind: 'could-not-search', fault: refusal };
      application.sayLeftCheck(undefined);
      return lookup.search(request);
    },
    'patient.discard': lookup.discard,
    'launch.read': launches.view,
    // The record system has asked for this patient, and script can make no launch: there need be no press here.
    'launch.follow': async ({ id }) => {
      // H5: what a lock or a crash left is still to be read, for the page follows this by itself.
      const outcome = await launches.follow(id);
      gesture.forget(); // H4: nor is it the press that opened the record system's link
      return outcome;
    },
    'launch.dismiss': () => {
      launches.dismiss();
      return undefined;
    },
    'cpis.check': lookup.check,
    'cpis.history': lookup.history,
    'clipboard.copy': async ({ text }) => {
      const outcome = await clipboard.copy(text);
      if (outcome.kind === 'not-copied') throw new RefusedRequest(outcome.fault);
      return undefined;
    },
    'clipboard.selected': async ({ text }) => {
      await clipboard.selected(text);
      return undefined;
    },
    'window.print': async () => {
      if (!application.view().printing) return { kind: 'not-allowed' };
      return print();
    },
    'page.replaced': () => {
      endPage();
      return undefined;
    },
    'link.open': async ({ id }) => {
      await openLink(id);
      return undefined;
    },
    'diagnostics.read': diagnostics.read,
    'diagnostics.saveSupportBundle': async () => {
      const outcome = await diagnostics.saveSupportBundle();
      if (outcome === 'saved') void audit.record({ event: 'support-bundle-saved' });
      return outcome;
    },
  };
}

export interface UnconfiguredDependencies {
  readonly application: ApplicationState;
  readonly fault: Fault;
  readonly openLink: HandlerDependencies['openLink'];
  readonly diagnostics: Diagnostics;
}

/** Without an environment nothing can be asked, and what would ask says why. What helps to put it right is there. */
export function createUnconfiguredHandlers(dependencies: UnconfiguredDependencies): Handlers {
  const { application, fault, openLink, diagnostics } = dependencies;
  const refuse = () => {
    throw new RefusedRequest(fault);
  };
  return {
    'application.read': application.view,
    'session.read': () => ({ state: 'signed-out', lastFault: undefined }),
    'session.signIn': refuse,
    'session.chooseRole': refuse,
    'session.changeRole': refuse,
    'session.lock': refuse,
    'session.unlock': refuse,
    'session.signOut': refuse,
    'patient.trace': refuse,
    'patient.search': refuse,
    'patient.discard': refuse,
    'launch.read': () => ({ kind: 'none' }),
    'launch.follow': refuse,
    'launch.dismiss': refuse,
    'cpis.check': refuse,
    'cpis.history': refuse,
    'clipboard.copy': refuse,
    'clipboard.selected': refuse,
    'window.print': refuse,
    'page.replaced': refuse,
    // H21: whom to telephone can be looked up all the same.
    'link.open': async ({ id }) => {
      await openLink(id);
      return undefined;
    },
    'diagnostics.read': diagnostics.read,
    'diagnostics.saveSupportBundle': diagnostics.saveSupportBundle,
  };
}
