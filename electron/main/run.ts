import path from 'node:path';
import { app, powerMonitor } from 'electron';
import type { ApplicationView } from '../../shared/application.ts';
import type { EventName, Events } from '../../shared/contract.ts';
import { lookupsPrevented, makeFault, startedAgain } from '../../shared/fault.ts';
import { procedureAddress } from '../../shared/site-help.ts';
import { ofThisComputer } from '../../shared/taken-time.ts';
import { forgetCrashDumps } from '../diagnostics/crash-dumps.ts';
import { createDiagnostics } from '../diagnostics/diagnostics.ts';
import { markRun } from '../diagnostics/former-run.ts';
import type { Installation } from '../diagnostics/installation.ts';
import { openLog } from '../diagnostics/log.ts';
import { newReference } from '../diagnostics/reference.ts';
import { createUnconfiguredDiagnostics, noEnvironmentTag } from '../diagnostics/unconfigured.ts';
import { openWholeFiles } from '../files/whole-file.ts';
import { createHandlers, createUnconfiguredHandlers, type PagePort } from '../ipc/handlers.ts';
import type { RouterTarget } from '../ipc/router.ts';
import type { LaunchLinkQueue } from '../launch/launch-link-queue.ts';
import { createLinkOpener } from '../security/external-links.ts';
import { openUserSettings, settingsNotKept } from '../settings/user-settings.ts';
import { updateNotice } from '../updates/update-state.ts';
import { askBeforeClose } from '../window/ask-before-close.ts';
import { askToStartAgain } from '../window/ask-to-start-again.ts';
import { watchProcesses } from '../window/crash-recovery.ts';
import { createHiddenScreen } from '../window/hidden-screen.ts';
import { listFileOf } from '../window/open-list-file.ts';
import { createPrinter, printDialogueOf } from '../window/print.ts';
import { createPdfSaver } from '../window/save-pdf.ts';
import { lockWithSystem } from '../window/system-lock.ts';
import { watchUserGesture } from '../window/user-gesture.ts';
import type { ViewerWindow } from '../window/viewer-window.ts';
import { pdfOf } from '../window/window-pdf.ts';
import { keepWindowState, windowStateFile } from '../window/window-state.ts';
import { titleOfEnvironment } from '../window/window-title.ts';
import { persistZoom, type TextSize } from '../window/zoom.ts';
import { type ApplicationState, createApplicationState } from './application-state.ts';
import { describeApplication, describeUnconfigured } from './application-view.ts';
import { afterFirstLoad, checkSigningKeys } from './check-signing-keys.ts';
import { createEndByError, refuseAfterStops } from './end-by-error.ts';
import { loadEnvironment } from './load-environment.ts';
import { loadPolicy } from './load-policy.ts';
import type { Ending } from './quit.ts';
import { watchQuitRequest } from './quit-request.ts';
import { createServices } from './services.ts';
import { followSession } from './session-effects.ts';
import { createSiteUpdates } from './site-updates.ts';
import type { UnexpectedErrorHandlers } from './unexpected-error.ts';

export interface RunOptions {
  readonly viewer: ViewerWindow;
  readonly launchLinks: LaunchLinkQueue;
  readonly flavour: typeof __BUILD_FLAVOUR__;
  readonly ending: Ending;
  /** Replaces the handlers of errors that nothing caught. */
  readonly onUnexpectedError: (handlers: UnexpectedErrorHandlers) => void;
}

/**
 * The second half of the start: loads settings and environment, creates the services and connects them to the window.
 * `main.ts` imports this module after the window has opened. Where the application is asked to quit before the start is
 * over, or its window goes, the start ends there: the trail has nothing of it, and its promise never settles.
 */
export async function run({
  viewer,
  launchLinks,
  flavour,
  ending,
  onUnexpectedError,
}: RunOptions): Promise<RouterTarget> {
  const { window } = viewer;
  const isEnding = () => ending.isQuitting() || window.isDestroyed();
  if (isEnding()) return givenUp;
  const now = () => new Date();
  /** The page of a window that has gone is told nothing. */
  const tell = <Name extends EventName>(name: Name, event: Events[Name]): void => {
    if (!window.isDestroyed()) window.webContents.send(name, event);
  };
  keepWindowState(window, windowStateFile(app));
  const hiddenScreen = createHiddenScreen();
  const gesture = watchUserGesture(window, hiddenScreen);
  const policy = await loadPolicy(flavour);
  if (isEnding()) return givenUp;
  window.setContentProtection(policy.policy.contentProtection ?? false);
  if (policy.policy.crashDumps !== true) void forgetCrashDumps(folderOf('crashDumps', 'Crashpad'));
  const log = openLog(folderOf('logs', 'logs'), policy.policy.logLevel ?? 'events', now);
  const report: RouterTarget['report'] = (fault, detail) =>
    log.write({ event: 'fault', kind: fault.kind, reference: fault.reference, detail });
  const runMark = markRun(app.getPath('userData'), now());
  let isStarted = false;
  app.once('quit', () => (isStarted ? runMark.remove() : runMark.giveUp()));
  const { former } = runMark;
  if (former.kind === 'not-in-order') {
    log.write({ event: 'former-run', ended: 'not-in-order', startedAt: former.startedAt ?? '' });
  }
  refuseAfterStops(runMark);
  const endByError = createEndByError({ window, runMark, report, now, isQuitting: ending.isQuitting });
  onUnexpectedError(endByError.handlers);
  for (const problem of policy.problems) log.write({ event: 'policy', problem });
  const settings = openUserSettings(app.getPath('userData'), now);
  ending.finishWith(() => Promise.allSettled([settings.settled(), log.settled()]));
  const openLink = createLinkOpener(procedureAddress(policy.policy));
  /** Creates the view of the installation; from then on a screen can say that the text size is not stored. */
  const show = (view: ApplicationView): { application: ApplicationState; textSize: TextSize } => {
    const application = createApplicationState(view, (changed) => tell('application.changed', changed));
    const textSize = persistZoom(window.webContents, settings, () =>
      application.notify({ text: settingsNotKept, preventsLookups: false }),
    );
    return { application, textSize };
  };
  const installation: Installation = {
    version: app.getVersion(),
    electron: process.versions.electron,
    settingsNotice: settings.notice,
    policy,
    formerRun: former,
  };

  const logStart = (environment: string) =>
    log.write({
      event: 'started',
      version: installation.version,
      electron: installation.electron,
      environment,
    });

  /** Without an environment there is no patient. */
  let forgetPatient: () => void = ignore;
  const processes = watchProcesses({
    app,
    viewer,
    log,
    onPageLost: () => forgetPatient(),
    askToStartAgain: (fault) => askToStartAgain(window, fault),
    quit: () => app.quit(),
  });

  const page: PagePort = {
    failed: (reference) => report(makeFault('internal', reference), 'page: not drawn'),
    startAgain: processes.startAgain,
    notLoaded: processes.pageNotLoaded,
  };

  const processStartedAt = new Date(now().getTime() - process.uptime() * 1_000);
  const request = watchQuitRequest(process.execPath, { quit: ending.quitAsLast, processStartedAt, now, log });
  app.once('will-quit', request.stop);

  const read = await loadEnvironment(flavour, policy);
  // Loaded only where it is used: no other edition has it.
  const training =
    read.trainingControl === undefined
      ? undefined
      : (await import('../training/training-control.ts')).createTrainingControl(read.trainingControl);
  // What follows waits for nothing: the quit finds either no record of this run, or all that it has to finish.
  if (isEnding()) return givenUp;
  const wholeFiles = openWholeFiles(path.join(app.getPath('userData'), 'unfinished'));
  // Later than the start, which a folder that does not answer must not hold up.
  afterFirstLoad(window.webContents, () => {
    void wholeFiles.removeLeftovers().then(({ removed, kept, givenUp }) => {
      if (removed + kept + givenUp > 0) log.write({ event: 'unfinished-files', removed, kept, givenUp });
    });
  });
  if (read.kind === 'unusable') {
    const fault = makeFault('settings-invalid', newReference(), { happened: read.problem });
    logStart(noEnvironmentTag);
    report(fault, read.problem);
    launchLinks.deliver(ignore);
    const handlers = createUnconfiguredHandlers({
      application: show(describeUnconfigured(installation, fault)).application,
      hiddenScreen,
      page,
      openLink,
      diagnostics: createUnconfiguredDiagnostics(installation, fault, { log, window, hiddenScreen }),
    });
    isStarted = true;
    return { handlers, otherwise: fault, report };
  }
  window.setTitle(titleOfEnvironment(flavour, read.environment));
  const services = createServices({
    environment: read.environment,
    policy: policy.policy,
    window,
    gesture,
    hiddenScreen,
    log,
    onLaunch: (view) => {
      if (view.kind === 'refused') report(view.fault, 'launch');
      tell('launch.changed', view);
    },
    onClinicList: (view) => tell('clinicList.changed', view),
    onCopy: (outcome) => tell('clipboard.copied', outcome),
  });
  launchLinks.deliver(policy.policy.launchLinks === false ? ignore : services.launches.receive);
  const { session, audit, lastRun, signers, clipboard } = services;
  const { application, textSize } = show(
    describeApplication(installation, read.environment, training !== undefined),
  );
  logStart(read.environment.tag);
  const { interrupted, leftCheckAt } = lastRun;
  application.sayLeftCheck(leftCheckAt && ofThisComputer(leftCheckAt));
  if (former.kind === 'not-in-order' && former.stop !== undefined) {
    application.notify({ text: startedAgain(former.stop.reference), preventsLookups: false });
  }

  const updates = createSiteUpdates({
    policy: policy.policy,
    flavour,
    proxyLogIn: services.proxyLogIn,
    onChange(state) {
      if ('version' in state) log.write({ event: 'update', state: state.kind, version: state.version });
      application.sayUpdate(updateNotice(state));
    },
    report(reason) {
      const fault = makeFault('update-failed', newReference());
      report(fault, reason);
      return fault.reference;
    },
  });
  window.on('blur', () => void clipboard.check()); // before the user can paste into another program
  const systemLock = lockWithSystem({
    powerMonitor,
    lock: () => {
      services.launches.systemLocked();
      session.lock();
    },
    onBus: (bus, state, reason) => log.write({ event: 'desktop-lock', bus, state, reason }),
  });
  const { pageLost, lockNotice } = followSession({
    services,
    window,
    application,
    gesture,
    hiddenScreen,
    textSize,
    log,
    report,
    renewPage: processes.renewPage,
  });
  forgetPatient = pageLost;

  ending.finishWith(async () => {
    // H21: a code can be redeemed once, and belongs to the viewer that follows this one (first-instance.ts).
    launchLinks.deliver(ignore);
    // The page and its process end first (H10): a page that is navigating could delay the end.
    if (!window.isDestroyed()) window.destroy();
    // H4: as after a crash, the same user is asked before a check is sent again.
    if (endByError.hasEnded()) session.lock();
    else session.signOut();
    // Each to its end: what fails of one must not cut the others short.
    await Promise.allSettled([
      clipboard.forget(),
      services.logout.settled(),
      wholeFiles.settled(),
      settings.settled(),
      audit.end().then(() => services.forwarder?.finish(forwardingAtQuitMs)),
    ]);
    await log.settled(); // with the entries of the steps above
  });
  app.on('will-quit', () => {
    signers.close();
    services.forwarder?.stop();
  });
  afterFirstLoad(window.webContents, () => {
    void checkSigningKeys({ signers, log, notify: application.notify });
    void updates.start();
    app.on('will-quit', services.keepReady());
  });

  const { lookup, clinicList } = services;
  const openPatient = () => lookup.openPatient() ?? clinicList.current();
  const paper = { audit, hiddenScreen, openPatient, newReference };
  const handlers = createHandlers({
    services,
    application,
    gesture,
    lockNotice,
    hiddenScreen,
    training,
    closeQuestion: askBeforeClose({
      window,
      openAnswer: () => lookup.openAnswer() ?? (clinicList.current() && 'clinic list'),
      ask: () => tell('window.closeAsked', undefined),
    }),
    clipboard,
    page: { ...page, end: () => window.webContents.forcefullyCrashRenderer() },
    print: createPrinter({ ...paper, openDialogue: printDialogueOf(window) }),
    savePdf: createPdfSaver({ ...paper, ...pdfOf(window), wholeFiles }),
    openListFile: listFileOf(window, hiddenScreen),
    openLink,
    diagnostics: createDiagnostics(
      { ...services, environmentNotes: read.notes },
      installation,
      { log, window, hiddenScreen },
      { updates, systemLock },
    ),
  });
  // Last: a start that an error ends above is no run, and a run that has begun in the trail needs an end in it (H4).
  isStarted = true;
  void audit
    .record({
      event: 'started',
      version: installation.version,
      environment: read.environment.tag,
      recordsEnd: true,
    })
    .then((fault) => {
      if (fault !== undefined)
        application.notify({ text: lookupsPrevented['audit-unavailable'], preventsLookups: true });
    });
  if (interrupted !== undefined) void audit.record({ event: 'session-interrupted' }, interrupted.actor);
  return { handlers, report };
}

function ignore(): void {}

/** The end of a start that is given up: the page that waits for it goes. */
const givenUp = new Promise<never>(ignore);

/**
 * The path of a folder that `app.getPath` creates. Where Electron cannot create the folder it throws; the viewer starts all
 * the same. `name` is the folder's name in the user's data.
 */
function folderOf(folder: 'logs' | 'crashDumps', name: string): string {
  try {
    return app.getPath(folder);
  } catch {
    return path.join(app.getPath('userData'), name);
  }
}

/** A collector that cannot be reached must not keep the viewer from closing: the next start sends the rest. */
const forwardingAtQuitMs = 2_000;
