/**
 * The second half of the start: settings, environment, services and what ties them to the window. Imported after the
 * window is up.
 */
import { app, powerMonitor } from 'electron';
import type { ApplicationView } from '../../shared/application.ts';
import { makeFault } from '../../shared/fault.ts';
import type { SessionView } from '../../shared/session.ts';
import { createSessionAudit } from '../audit/session-audit.ts';
import { forgetCrashDumps } from '../diagnostics/crash-dumps.ts';
import { createDiagnostics } from '../diagnostics/diagnostics.ts';
import { openLog } from '../diagnostics/log.ts';
import { newReference } from '../diagnostics/reference.ts';
import { createUnusableDiagnostics, noEnvironmentTag } from '../diagnostics/unusable.ts';
import { createHandlers, createUnusableHandlers } from '../ipc/handlers.ts';
import type { Routed } from '../ipc/router.ts';
import type { LaunchInbox } from '../launch/launch-inbox.ts';
import { openLink } from '../security/external-links.ts';
import { openUserSettings, settingsNotKept } from '../settings/user-settings.ts';
import { updateNotice } from '../updates/update-state.ts';
import { type ApplicationState, createApplicationState } from './application-state.ts';
import { describeApplication, describeUnusable, type Installation } from './application-view.ts';
import { afterFirstLoad, checkSigningKeys } from './check-signing-keys.ts';
import { findEnvironment } from './find-environment.ts';
import { findPolicy } from './find-policy.ts';
import { type IdleLock, startIdleLock } from './idle-lock.ts';
import { finishBeforeQuit } from './orderly-quit.ts';
import { createPrinter, printDialogueOf } from './print.ts';
import { createServices } from './services.ts';
import { createSiteUpdates } from './site-updates.ts';
import { lockWithSystem } from './system-lock.ts';
import { keepTextSize } from './text-size.ts';
import { watchUserActivity } from './user-activity.ts';
import { watchUserGesture } from './user-gesture.ts';
import type { ViewerWindow } from './viewer-window.ts';
import { watchProcesses } from './watch-processes.ts';

export interface RunOptions {
  readonly viewer: ViewerWindow;
  readonly launchLinks: LaunchInbox;
  readonly flavour: typeof __BUILD_FLAVOUR__;
}

export async function run({ viewer, launchLinks, flavour }: RunOptions): Promise<Routed> {
  const { window } = viewer;
  const gesture = watchUserGesture(window, Date.now);
  const policy = await findPolicy(flavour);
  window.setContentProtection(policy.policy.contentProtection ?? false);
  if (policy.policy.crashDumps !== true) void forgetCrashDumps(app.getPath('crashDumps'));
  const log = openLog(app.getPath('logs'), policy.policy.logLevel ?? 'events', () => new Date());
  const report: Routed['report'] = (fault, detail) =>
    log.write({ event: 'fault', kind: fault.kind, reference: fault.reference, detail });
  for (const problem of policy.problems) log.write({ event: 'policy', problem });
  const settings = openUserSettings(app.getPath('userData'), () => new Date());
  /** From here on a size of text that is not kept can be said on the screens. */
  const show = (view: ApplicationView): ApplicationState => {
    const application = createApplicationState(view, (changed) => {
      if (!window.isDestroyed()) window.webContents.send('application.changed', changed);
    });
    keepTextSize(window.webContents, settings, () => application.notify(settingsNotKept));
    return application;
  };
  const installation: Installation = {
    version: app.getVersion(),
    electron: process.versions.electron,
    settingsNotice: settings.notice,
    policy,
  };

  const logStart = (environment: string) =>
    log.write({
      event: 'started',
      version: installation.version,
      electron: installation.electron,
      environment,
    });

  const read = await findEnvironment(flavour, policy);
  if (read.kind === 'unusable') {
    const fault = makeFault('settings-invalid', newReference(), { happened: read.problem });
    logStart(noEnvironmentTag);
    report(fault, 'environment');
    launchLinks.deliver(ignore);
    finishBeforeQuit(app, log.settled);
    const handlers = createUnusableHandlers({
      application: show(describeUnusable(installation, fault)),
      fault,
      openLink,
      diagnostics: createUnusableDiagnostics(installation, fault, { log, window }),
    });
    return { handlers, report };
  }
  const services = createServices({
    environment: read.environment,
    policy: policy.policy,
    window,
    gesture,
    log,
    onLaunch: (view) => {
      if (!window.isDestroyed()) window.webContents.send('launch.changed', view);
    },
    onCopy: (outcome) => {
      if (!window.isDestroyed()) window.webContents.send('clipboard.copied', outcome);
    },
  });
  launchLinks.deliver(policy.policy.launchLinks === false ? ignore : services.launches.receive);
  const { session, audit, enquiry, signers, clipboard } = services;
  const application = show(describeApplication(installation, read.environment));
  logStart(read.environment.tag);
  void audit
    .record({ event: 'started', version: installation.version, environment: read.environment.tag })
    .then((fault) => {
      if (fault !== undefined) application.notify(noAuditTrail);
    });

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
  window.on('blur', () => void clipboard.check()); // before another program is there to paste into
  /** Runs only while somebody is signed in. */
  let idleLock: IdleLock | undefined;
  watchUserActivity(window.webContents, () => idleLock?.userActive());
  lockWithSystem(powerMonitor, session.lock);
  const sessionEntry = createSessionAudit();

  session.onChange((view, before, departure) => {
    log.write({ event: 'session', state: view.state });
    const entry = sessionEntry(view, before, session.actor());
    if (entry !== undefined) void audit.record(entry.event, entry.actor);
    if ('lastFault' in view && view.lastFault !== undefined) report(view.lastFault, 'session');
    idleLock?.stop();
    idleLock =
      view.state === 'signed-in'
        ? startIdleLock({
            idleLimit: read.environment.session.idleLockMinutes * 60_000,
            lock: session.lock,
          })
        : undefined;
    if (window.isDestroyed()) return;
    // H14: what was asked is remembered over a lock, for the same user only.
    if (departure === 'for-good') {
      enquiry.clear('sign-out');
      services.launches.dismiss(); // nor does a patient wait for whoever comes next
    } else if (departure === 'for-now') enquiry.clear('lock');
    if (leavesClinicalRoom(view, before)) {
      void clipboard.forget();
      void viewer.renew(); // H10: the memory of the page goes with its process
    } else {
      window.webContents.send('session.changed', view);
    }
  });
  finishBeforeQuit(app, async () => {
    // The page goes first, and with it its process (H10): one on its way to another page could hold up the end.
    if (!window.isDestroyed()) window.destroy();
    session.signOut();
    await Promise.all([updates.install(), clipboard.forget(), audit.settled()]);
    await log.settled(); // what the others had to say
  });
  app.on('will-quit', () => {
    signers.close();
    services.forwarder?.stop();
  });
  watchProcesses({ app, viewer, log, onPageLost: () => void enquiry.discard() });
  afterFirstLoad(window.webContents, () => {
    void checkSigningKeys({ signers, log, notify: application.notify });
    void updates.start();
  });

  return {
    handlers: createHandlers({
      services,
      application,
      gesture,
      clipboard,
      endPage: () => window.webContents.forcefullyCrashRenderer(),
      print: createPrinter({ audit, openDialogue: printDialogueOf(window), newReference }),
      openLink,
      diagnostics: createDiagnostics(services, installation, { log, window }, updates),
    }),
    report,
  };
}

const noAuditTrail =
  'The audit trail cannot be written on this computer, so nothing can be asked. Tell your IT service desk.';

function ignore(): void {}

/** Somebody was signed in and is not any more: by lock, sign-out, change of role or the end of the session. */
function leavesClinicalRoom(view: SessionView, before: SessionView): boolean {
  return before.state === 'signed-in' && view.state !== 'signed-in';
}
