/**
 * The second half of the start: settings, environment, services and what ties them to the window. Imported after the
 * window is up.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { app, powerMonitor } from 'electron';
import { makeFault } from '../../shared/fault.ts';
import type { SessionView } from '../../shared/session.ts';
import { createDiagnostics } from '../diagnostics/diagnostics.ts';
import { openLog } from '../diagnostics/log.ts';
import { createHandlers, createUnusableHandlers } from '../ipc/handlers.ts';
import type { Routed } from '../ipc/router.ts';
import { parseCommandLine } from '../settings/command-line.ts';
import {
  type EnvironmentRead,
  machineEnvironmentFile,
  readEnvironment,
} from '../settings/read-environment.ts';
import { openUserSettings } from '../settings/user-settings.ts';
import { describeUnusable, type Installation } from './application-view.ts';
import { createViewerClipboard } from './clipboard.ts';
import { type IdleLock, startIdleLock } from './idle-lock.ts';
import { createServices } from './services.ts';
import { keepTextSize } from './text-size.ts';
import { watchUserGesture } from './user-gesture.ts';
import type { ViewerWindow } from './viewer-window.ts';

export interface RunOptions {
  readonly viewer: ViewerWindow;
  readonly flavour: typeof __BUILD_FLAVOUR__;
}

export async function run({ viewer, flavour }: RunOptions): Promise<Routed> {
  const { window } = viewer;
  const gesture = watchUserGesture(window, Date.now);
  const log = openLog(app.getPath('logs'), () => new Date());
  const report: Routed['report'] = (fault, detail) =>
    log.write({ event: 'fault', kind: fault.kind, reference: fault.reference, detail });
  const settings = openUserSettings(app.getPath('userData'));
  keepTextSize(window.webContents, settings);
  const installation: Installation = {
    version: app.getVersion(),
    electron: process.versions.electron,
    settingsNotice: settings.notice,
  };

  const read = await findEnvironment(flavour);
  if (read.kind === 'unusable') {
    const fault = makeFault('settings-invalid', randomUUID().slice(0, 8), { happened: read.problem });
    report(fault, 'environment');
    return { handlers: createUnusableHandlers(describeUnusable(installation, fault), fault), report };
  }
  const services = createServices({ environment: read.environment, installation, window, gesture });
  const { session, enquiry } = services;
  log.write({
    event: 'started',
    version: installation.version,
    electron: installation.electron,
    environment: read.environment.tag,
  });

  const clipboard = createViewerClipboard();
  let idleLock: IdleLock | undefined;
  let lastUserId: string | undefined;

  session.onChange((view, before) => {
    log.write({ event: 'session', state: view.state });
    if ('lastFault' in view && view.lastFault !== undefined) report(view.lastFault, 'session');
    idleLock?.stop();
    idleLock =
      view.state === 'signed-in'
        ? startIdleLock({
            powerMonitor,
            idleLimit: read.environment.session.idleLockMinutes * 60_000,
            lock: session.lock,
          })
        : undefined;
    if (window.isDestroyed()) return;
    // H14: what was asked is remembered over a lock, for the same user only.
    const userId = session.actor()?.userId;
    const anotherUser = userId !== undefined && lastUserId !== undefined && userId !== lastUserId;
    if (view.state === 'signed-out' || anotherUser) enquiry.clear('sign-out');
    lastUserId = view.state === 'signed-out' ? undefined : (userId ?? lastUserId);
    if (leavesClinicalRoom(view, before)) {
      enquiry.clear(view.state === 'locked' ? 'lock' : 'sign-out');
      void clipboard.forget();
      void viewer.renew(); // H10: the memory of the page goes with its process
    } else {
      window.webContents.send('session.changed', view);
    }
  });
  app.on('before-quit', () => {
    void clipboard.forget();
    session.signOut();
  });

  return {
    handlers: createHandlers({
      services,
      window,
      gesture,
      clipboard,
      diagnostics: createDiagnostics(services, log),
      idleLock: () => idleLock,
    }),
    report,
  };
}

/** Somebody was signed in and is not any more: by lock, sign-out, change of role or the end of the session. */
function leavesClinicalRoom(view: SessionView, before: SessionView): boolean {
  return before.state === 'signed-in' && view.state !== 'signed-in';
}

/** A release build takes its environment from the administrator alone. */
function findEnvironment(flavour: RunOptions['flavour']): Promise<EnvironmentRead> {
  const machineFile = machineEnvironmentFile(process.platform, process.env);
  if (flavour === 'release') return readEnvironment(machineFile);
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.kind === 'invalid') {
    return Promise.resolve({
      kind: 'unusable',
      problem: `The command line is not right: ${commandLine.problem}.`,
    });
  }
  return readEnvironment(
    commandLine.environmentFile === undefined ? machineFile : path.resolve(commandLine.environmentFile),
  );
}
