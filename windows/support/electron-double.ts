/** Stands in for `electron` in the bundles of these tests: no more of it than the modules under test take at run time. */

let userData = 'C:\\';

/** The folder that `app.getPath('userData')` returns. */
export function setUserData(folder: string): void {
  userData = folder;
}

export const app = {
  getPath: () => userData,
  getVersion: () => '0.0.0',
  getName: () => 'CP-IS Viewer',
};

export const ipcMain = undefined;
export const ipcRenderer = undefined;
export const shell = undefined;
export default { app, ipcMain, ipcRenderer, shell };
