/**
 * Exposes `window.viewer`: the channels of the contract, what frees memory, and nothing else. No Electron object reaches
 * the page, and the preload drops the event argument of a message.
 * Source: Electron, "Security", point 20 (do not expose Electron APIs to untrusted content); "Context Isolation".
 */
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { eventNames, requestNames, type Viewer } from '../shared/contract.ts';
import { freeMemory } from './page/free-memory.ts';
import { guardClipboard } from './page/guard-clipboard.ts';
import { watchFirstFiles } from './page/watch-first-files.ts';

// Peer connections resolve names without passing a request handler, and a name can carry a patient's data. No screen needs
// them, so the preload deletes them before any script of the page runs.
void webFrame.executeJavaScript(
  `for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) delete globalThis[name];`,
);

const viewer: Viewer = {
  request: (name, request) =>
    requestNames.includes(name)
      ? ipcRenderer.invoke(name, request)
      : Promise.reject(new Error('No such request')),
  on(name, listener) {
    if (!eventNames.includes(name)) throw new Error('No such event');
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload);
    ipcRenderer.on(name, forward);
    return () => void ipcRenderer.off(name, forward);
  },
  freeMemory: () => freeMemory(webFrame),
};

contextBridge.exposeInMainWorld('viewer', viewer);

watchFirstFiles(() => void viewer.request('page.notLoaded', undefined));

/**
 * On Linux, selecting text copies it to PRIMARY without a record in the audit trail, so the page's text cannot be
 * selected (H17).
 */
const hasPrimary = process.platform === 'linux';

guardClipboard({
  copy: async (text) => (await viewer.request('clipboard.copy', { text })).ok,
  replaced: () => void viewer.request('page.replaced', undefined),
  ...(hasPrimary && { selected: (text: string) => void viewer.request('clipboard.selected', { text }) }),
});

// A style of origin `user` with `!important` overrides every style of the page and its scripts. A frame would be a page
// without this preload, so no frame is drawn and no text in one can be selected.
webFrame.insertCSS('iframe, frame, object, embed { display: none !important }', { cssOrigin: 'user' });
if (hasPrimary) {
  webFrame.insertCSS('*:not(input, textarea) { user-select: none !important }', { cssOrigin: 'user' });
}
