/** For the window that asks its main process, in the measurement of a check: no start loads it. */
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('ask', () => ipcRenderer.invoke('ask'));
