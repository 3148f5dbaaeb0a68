/**
 * The composition root: its order is the order of the start, and it holds no logic. The window opens first; all that the
 * window does not need to paint is imported afterwards.
 */
import path from 'node:path';
import { app, crashReporter, ipcMain, screen } from 'electron';
import { startProblems } from '../shared/fault.ts';
import { keepCrashDumpsIfAsked } from './diagnostics/crash-dumps.ts';
import { registerRoutes } from './ipc/router.ts';
import { isViewerSender } from './ipc/viewer-sender.ts';
import { hideLaunchLinks } from './launch/hide-launch-link.ts';
import { type LaunchLinkQueue, openLaunchLinkQueue } from './launch/launch-link-queue.ts';
import { endAtStart, StartProblem } from './main/end-at-start.ts';
import { sayEnding, takeTurn } from './main/first-instance.ts';
import { keepDriverFromGtk } from './main/gtk-without-driver.ts';
import { type Ending, watchForQuit } from './main/quit.ts';
import { prepareUserData, temporaryFolderProblem } from './main/start-folders.ts';
import { describePlace, handleUnexpectedErrors } from './main/unexpected-error.ts';
import { hardenApplication } from './security/harden.ts';
import { createViewerSession } from './security/sessions.ts';
import { checkStartUpArguments } from './security/start-up-arguments.ts';
import { serveViewer, viewerOrigin } from './security/viewer-scheme.ts';
import { findCommandArguments } from './settings/command-arguments.ts';
import { setApplicationMenu } from './window/edit-menus.ts';
import { openViewerWindow } from './window/viewer-window.ts';
import { readWindowState, windowStateFile } from './window/window-state.ts';
import { titleOfEdition } from './window/window-title.ts';

const onUnexpectedError = handleUnexpectedErrors(process, {
  end: (place) => void endAtStart(startProblems.unknown, place),
  report: (place) => void process.stderr.write(`CP-IS Viewer: an unexpected error, ${place}\n`),
  exit: () => app.exit(1),
});
hideLaunchLinks(process);
hardenApplication();
// Before anything reads a variable.
const isAllowed = checkStartUpArguments(__BUILD_FLAVOUR__);
const userDataProblem = prepareUserData(process.platform, process.env['HOME']);
if (userDataProblem === undefined) keepCrashDumpsIfAsked(app.getPath('userData'), crashReporter);
// Text and tables need no GPU: Chromium draws in software, and no driver can fail (docs/decisions/no-gpu.md).
app.disableHardwareAcceleration();
// Nor WebGL, for which Chromium would load SwiftShader.
app.commandLine.appendSwitch('disable-software-rasterizer');
if (process.platform === 'linux') keepDriverFromGtk(app, process.env);
setApplicationMenu(process.platform);

const auditArguments = findCommandArguments('audit', process.argv.slice(1), app.isPackaged);
const keysArguments = findCommandArguments('keys', process.argv.slice(1), app.isPackaged);
const isCommand = auditArguments !== undefined || keysArguments !== undefined;
if (isCommand) onUnexpectedError({ end: endCommand, report: endCommand, exit: () => app.exit(1) });
// A command opens no window, so Chromium makes no socket in the temporary folder.
const folderProblem = userDataProblem ?? (isCommand ? undefined : temporaryFolderProblem(process.platform));

if (!isAllowed) {
  app.quit();
} else if (folderProblem !== undefined) {
  void endAtStart(folderProblem);
} else if (auditArguments !== undefined) {
  const ownTrail = path.join(app.getPath('userData'), 'audit');
  void import('./audit/command.ts')
    .then(({ runAuditArguments }) => runAuditArguments(auditArguments, ownTrail))
    .then((exitCode) => app.exit(exitCode));
} else if (keysArguments !== undefined) {
  // safeStorage works only once the app is ready.
  void Promise.all([import('./main/run-keys-command.ts'), app.whenReady()]).then(([{ runKeysArguments }]) =>
    runKeysArguments(keysArguments, __BUILD_FLAVOUR__),
  );
} else {
  switch (takeTurn(app)) {
    case 'first': {
      app.on('window-all-closed', () => app.quit());
      const ending = watchForQuit(app, () => sayEnding(app));
      const launchLinks = openLaunchLinkQueue(app, process.argv.slice(1));
      void app.whenReady().then(() => start(launchLinks, ending));
      break;
    }
    case 'later':
      app.quit();
      break;
    case 'too-early':
      void endAtStart(startProblems.formerNotEnded);
  }
}

/** A command has no window, and its caller waits for its end. */
function endCommand(place: string): void {
  process.stderr.write(`CP-IS Viewer: ${startProblems.command} (${place})\n`);
  app.exit(1);
}

async function start(launchLinks: LaunchLinkQueue, ending: Ending): Promise<void> {
  const viewerSession = createViewerSession();
  serveViewer(viewerSession, path.join(__dirname, 'renderer'));
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const viewer = openViewerWindow({
    session: viewerSession,
    folder: __dirname,
    title: titleOfEdition(__BUILD_FLAVOUR__),
    state: readWindowState(windowStateFile(app), workAreas),
  });
  // The page's process starts meanwhile, and this one has nothing to do. The second half of the start needs it.
  setImmediate(() => process.getBuiltinModule('node:crypto'));
  app.on('second-instance', viewer.bringToFront);
  app.on('open-url', viewer.bringToFront);
  // Windows ends a session without `before-quit`. (Electron, `BrowserWindow`, `session-end`.)
  viewer.window.on('session-end', ending.quitAsLast);

  // The rest is imported once the page has loaded, because the page waits for this process to serve its files. Requests of
  // the page that come earlier wait for the handlers.
  const running = viewer.shown
    .then(() => import('./main/run.ts'))
    .then(({ run }) => run({ viewer, launchLinks, flavour: __BUILD_FLAVOUR__, ending, onUnexpectedError }));
  // Otherwise the page would wait for ever and say nothing.
  void running.catch((error: unknown) => {
    if (viewer.window.isDestroyed() || ending.isQuitting()) return;
    void endAtStart(
      error instanceof StartProblem ? error.message : startProblems.unknown,
      describePlace(error),
    );
  });
  registerRoutes(running, {
    ipcMain,
    isViewer: (event) =>
      isViewerSender(
        event,
        viewer.window.isDestroyed() ? undefined : viewer.window.webContents,
        viewerOrigin,
      ),
  });
}
