import path from 'node:path';
import { app, utilityProcess } from 'electron';
import type { ProcessHandle } from './token-process.ts';

/**
 * A token's process in Electron: a utility process with full Node, without a window and without the viewer's memory.
 * Source: Electron, `utilityProcess.fork`.
 */
export function startElectronTokenProcess(): ProcessHandle {
  const child = utilityProcess.fork(path.join(app.getAppPath(), 'pkcs11-host.js'), [], {
    serviceName: 'CP-IS Viewer signing token',
    // The output of a token's library may contain secrets.
    stdio: 'ignore',
    // macOS: the library is signed by its maker, not by us.
    allowLoadingUnsignedLibraries: true,
  });
  return {
    send: (request) => child.postMessage(request),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    kill: () => child.kill(),
  };
}
