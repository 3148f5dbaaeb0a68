/**
 * `window.viewer`: the channels of the contract and nothing else. No Electron object crosses, and the event argument
 * of a message is left behind.
 * Source: Electron, "Security", point 20 (do not expose Electron APIs to untrusted content); "Context Isolation".
 */
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { eventNames, requestNames, type Viewer } from '../shared/contract.ts';
import { guardClipboard } from './page/guard-clipboard.ts';

// Peer connections look names up past every request handler, and a name can carry a patient. No screen needs them: the
// page never has them, since this runs before any script of its own.
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
};

contextBridge.exposeInMainWorld('viewer', viewer);

/** On Linux selected text is on PRIMARY at once, past every record: what is shown cannot be selected there (H17). */
const hasPrimary = process.platform === 'linux';

guardClipboard({
  copy: async (text) => (await viewer.request('clipboard.copy', { text })).ok,
  replaced: () => void viewer.request('page.replaced', undefined),
  ...(hasPrimary && { selected: (text: string) => void viewer.request('clipboard.selected', { text }) }),
});

// A user's own style: with `!important` it outweighs whatever style the page, or script in it, sets. A frame would be a
// page without this preload: none is drawn, so that nothing can be selected in one either.
webFrame.insertCSS('iframe, frame, object, embed { display: none !important }', { cssOrigin: 'user' });
if (hasPrimary) {
  webFrame.insertCSS('*:not(input, textarea) { user-select: none !important }', { cssOrigin: 'user' });
}
