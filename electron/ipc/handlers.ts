import { EOL } from 'node:os';
import type { ApplicationView } from '../../shared/application.ts';
import type { ClinicListFile } from '../../shared/clinic-list.ts';
import type { ParsedRequest } from '../../shared/contract.ts';
import { clinicListDetails, type Fault, makeFault } from '../../shared/fault.ts';
import type { PrintOutcome, SavePdfOutcome } from '../../shared/print-outcome.ts';
import type { LockNotice, Permissions, SessionView } from '../../shared/session.ts';
import type { TakenTime } from '../../shared/taken-time.ts';
import type { Audit } from '../audit/audit.ts';
import { composeRecord, type RecordContext } from '../clinical/check-record.ts';
import type { ClinicList } from '../clinical/clinic-list/clinic-list.ts';
import type { PatientLookup } from '../clinical/patient-lookup.ts';
import { newReference } from '../diagnostics/reference.ts';
import type { Diagnostics } from '../diagnostics/support-bundle.ts';
import type { PendingLaunch } from '../launch/pending-launch.ts';
import type { TrainingControl } from '../training/training-control.ts';
import type { CloseQuestion } from '../window/ask-before-close.ts';
import type { CopyEntry, ViewerClipboard } from '../window/clipboard.ts';
import type { HiddenScreen } from '../window/hidden-screen.ts';
import type { Purpose, UserGesture } from '../window/user-gesture.ts';
import { RefusedRequest } from './refused-request.ts';
import type { Handlers } from './router.ts';

/** The session as the handlers use it: without its tokens. */
export interface SessionPort {
  view(): SessionView;
  signIn(): Promise<SessionView>;
  chooseRole(roleId: string): Promise<SessionView>;
  changeRole(): Promise<SessionView>;
  signInAgain(stronger?: 'step-up'): Promise<SessionView>;
  lock(): SessionView;
  signOut(): SessionView;
  permissions(): Permissions | undefined;
}

/** The view of this installation as the handlers use it. */
export interface ApplicationPort {
  view(): ApplicationView;
  /** `undefined`: no check was left without its answer. */
  sayLeftCheck(at: TakenTime | undefined): void;
}

/** What a page can say of itself. */
export interface PagePort {
  /** A screen could not be drawn; the user sees this reference. */
  failed(reference: string): void;
  /** Loads the page anew, without a patient. */
  startAgain(): void;
  /** A script or a style of the page could not be loaded. */
  notLoaded(): void;
}

export interface HandlerDependencies {
  readonly services: {
    readonly session: SessionPort;
    readonly lookup: Pick<PatientLookup, 'trace' | 'search' | 'discard' | 'check' | 'history' | 'keptCheck'>;
    readonly clinicList: Pick<ClinicList, 'view' | 'start' | 'steer' | 'open' | 'text'>;
    readonly launches: Pick<PendingLaunch, 'view' | 'follow' | 'dismiss'>;
    readonly audit: Pick<Audit, 'record'>;
  };
  readonly application: ApplicationPort;
  readonly gesture: Pick<UserGesture, 'take' | 'forget'>;
  readonly lockNotice: {
    read(): LockNotice | undefined;
    stay(): Promise<void>;
  };
  readonly hiddenScreen: Pick<HiddenScreen, 'set'>;
  readonly clipboard: Pick<ViewerClipboard, 'copy' | 'selected'>;
  readonly print: () => Promise<PrintOutcome>;
  readonly savePdf: () => Promise<SavePdfOutcome>;
  readonly openListFile: () => Promise<ClinicListFile>;
  readonly closeQuestion: CloseQuestion;
  readonly page: PagePort & {
    /** Ends the process of the page; a new one follows, without a patient. */
    end(): void;
  };
  readonly openLink: (id: ParsedRequest<'link.open'>['id']) => Promise<void>;
  readonly diagnostics: Diagnostics;
  /** In the training edition. */
  readonly training: TrainingControl | undefined;
}

/** One for each channel of the contract. */
export function createHandlers(dependencies: HandlerDependencies): Handlers {
  const { services, application, gesture, lockNotice, hiddenScreen, clipboard, print, page, openLink } =
    dependencies;
  const { diagnostics, closeQuestion, training, savePdf, openListFile } = dependencies;
  const { session, lookup, clinicList, launches, audit } = services;

  /** `undefined`: the user has chosen this. H14: while no user is signed in, no question is asked. */
  async function findRefusal(purpose: Purpose): Promise<Fault | undefined> {
    if (session.permissions() === undefined) return makeFault('signed-out', newReference());
    return (await gesture.take(purpose)) ? undefined : makeFault('not-confirmed', newReference());
  }

  async function copyText(text: string, entry?: CopyEntry): Promise<void> {
    const outcome = await clipboard.copy(text, entry);
    if (outcome.kind === 'not-copied') throw new RefusedRequest(outcome.fault);
  }

  /** Throws where the site offers no copy, or the user has left. */
  function recordContext(): RecordContext {
    const { copyForRecord, environmentTag, live } = application.view();
    if (!copyForRecord) throw new RefusedRequest(makeFault('request-refused', newReference()));
    const signedIn = session.view();
    if (signedIn.state !== 'signed-in') throw new RefusedRequest(makeFault('copy-too-late', newReference()));
    return { user: signedIn.user, environmentTag, live, lineEnd: EOL };
  }

  return {
    'application.read': application.view,
    'session.read': session.view,
    'session.signIn': session.signIn,
    'session.chooseRole': ({ roleId }) => session.chooseRole(roleId),
    'session.changeRole': session.changeRole,
    'session.signInAgain': (request) => session.signInAgain(request === undefined ? undefined : 'step-up'),
    'session.lock': session.lock,
    'session.signOut': () => session.signOut(),
    'lockNotice.read': lockNotice.read,
    'lockNotice.stay': async () => void (await lockNotice.stay()),
    'screen.hidden': ({ hidden }) => void hiddenScreen.set(hidden),
    'patient.trace': async (request) => {
      // H4: a trace needs the user's gesture, and CP-IS is asked only about the traced patient.
      const refusal = await findRefusal({ kind: 'trace', nhsNumber: request.nhsNumber });
      if (refusal !== undefined) return { kind: 'could-not-trace', fault: refusal };
      application.sayLeftCheck(undefined); // the user has read the notice and goes on
      const outcome = await lookup.trace(request);
      gesture.forget(); // H4: the gesture that found a patient does not serve to ask CP-IS
      return outcome;
    },
    'patient.search': async (request) => {
      const refusal = await findRefusal({ kind: 'search', scope: request.scope });
      if (refusal !== undefined) return { kind: 'could-not-search', fault: refusal };
      application.sayLeftCheck(undefined);
      return lookup.search(request);
    },
    'patient.discard': lookup.discard,
    'launch.read': launches.view,
    // The record system asked for this patient and script cannot make a launch, so no gesture is needed.
    'launch.follow': async ({ id }) => {
      // H5: keeps the notice of an unanswered check, because the page follows a launch by itself.
      const outcome = await launches.follow(id);
      gesture.forget(); // H4: nor does the gesture that opened the record system's link
      return outcome;
    },
    'launch.dismiss': () => void launches.dismiss(),
    'cpis.check': lookup.check,
    'cpis.history': lookup.history,
    'clinicList.read': clinicList.view,
    'clinicList.openFile': () => {
      if (application.view().clinicList) return openListFile();
      throw new RefusedRequest(clinicListNotOffered());
    },
    'clinicList.start': async ({ text }) => {
      const refusal = application.view().clinicList
        ? await findRefusal({ kind: 'check-list' })
        : clinicListNotOffered();
      if (refusal !== undefined) return { kind: 'not-started', fault: refusal };
      application.sayLeftCheck(undefined);
      const outcome = clinicList.start(text);
      gesture.forget(); // H4
      return outcome;
    },
    'clinicList.steer': ({ to }) => void clinicList.steer(to),
    'clinicList.openRow': ({ line }) => clinicList.open(line),
    'clipboard.copy': async ({ text }) => void (await copyText(text)),
    'clipboard.copyRecord': async ({ checkId }) => {
      const check = lookup.keptCheck(checkId);
      const context = recordContext();
      if (check === undefined) throw new RefusedRequest(makeFault('copy-too-late', newReference()));
      await copyText(composeRecord(check, context), { event: 'record-copied', checkId });
      return undefined;
    },
    'clipboard.copyList': async () => {
      const text = clinicList.text(recordContext());
      if (text === undefined) throw new RefusedRequest(makeFault('copy-too-late', newReference()));
      await copyText(text);
      return undefined;
    },
    'clipboard.selected': async ({ text }) => void (await clipboard.selected(text)),
    'window.print': async () => (application.view().printing ? print() : { kind: 'not-allowed' }),
    'window.savePdf': async () => (application.view().printing ? savePdf() : { kind: 'not-allowed' }),
    'window.close': ({ answer }) => void closeQuestion.answer(answer),
    'page.replaced': () => void page.end(),
    ...handlersOfPage(page),
    'link.open': async ({ id }) => void (await openLink(id)),
    'training.read': () => training?.read(),
    'training.set': ({ fault, on }) => training?.set(fault, on),
    'training.reset': () => training?.reset(),
    'diagnostics.read': diagnostics.read,
    'diagnostics.saveSupportBundle': async () => {
      const outcome = await diagnostics.saveSupportBundle();
      if (outcome === 'saved') void audit.record({ event: 'support-bundle-saved' });
      return outcome;
    },
  };
}

function clinicListNotOffered(): Fault {
  return makeFault('request-refused', newReference(), clinicListDetails.notOffered);
}

function handlersOfPage(page: PagePort) {
  return {
    'page.failed': ({ reference }) => void page.failed(reference),
    'page.startAgain': () => void page.startAgain(),
    'page.notLoaded': () => void page.notLoaded(),
  } satisfies Partial<Handlers>;
}

export interface UnconfiguredDependencies {
  readonly application: Pick<ApplicationPort, 'view'>;
  readonly hiddenScreen: HandlerDependencies['hiddenScreen'];
  readonly page: PagePort;
  readonly openLink: HandlerDependencies['openLink'];
  readonly diagnostics: Diagnostics;
}

/** What works without an environment: no lookup and no sign-in. H21: the user can still look up whom to phone. */
export function createUnconfiguredHandlers({
  application,
  hiddenScreen,
  page,
  openLink,
  diagnostics,
}: UnconfiguredDependencies) {
  return {
    'application.read': application.view,
    'session.read': () => ({ state: 'signed-out', lastFault: undefined }),
    'launch.read': () => ({ kind: 'none' }),
    'lockNotice.read': () => undefined,
    'screen.hidden': ({ hidden }) => void hiddenScreen.set(hidden),
    ...handlersOfPage(page),
    'link.open': async ({ id }) => void (await openLink(id)),
    'diagnostics.read': diagnostics.read,
    'diagnostics.saveSupportBundle': diagnostics.saveSupportBundle,
  } satisfies Partial<Handlers>;
}
