/**
 * Undo, Redo, Cut, Copy, Paste and Select all by menu. On macOS their keys work only with a menu that holds them;
 * elsewhere a window without a menu bar keeps its keys, and a context menu serves users of a mouse. Each item does the
 * same as its key, so that every copy is recorded (H17).
 * Source: Electron, `Menu`, "roles"; `webContents` event `context-menu`.
 */
import { type BrowserWindow, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';

/** No item reloads the page or opens developer tools or the page's source: each would bypass the screens. */
export function setApplicationMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate([...macMenu]) : null);
}

const macMenu: readonly MenuItemConstructorOptions[] = [
  {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  },
  {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll', label: 'Select all' },
    ],
  },
  { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'close' }] },
];

/** Opens the context menu: by the secondary mouse button, the menu key or Shift+F10. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = itemsFor(params);
    // The page outlives its window by a moment.
    if (items.length === 0 || window.isDestroyed()) return;
    const { x, y, menuSourceType } = params;
    // From the keyboard the menu opens beside the field, not at the mouse.
    const position = menuSourceType === 'mouse' ? {} : { x, y };
    Menu.buildFromTemplate(items).popup({ window, ...position });
  });
}

function itemsFor({ isEditable, selectionText, editFlags }: ContextMenuParams): MenuItemConstructorOptions[] {
  if (isEditable) {
    return [
      { role: 'undo', enabled: editFlags.canUndo },
      { role: 'redo', enabled: editFlags.canRedo },
      { type: 'separator' },
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: 'Select all', enabled: editFlags.canSelectAll },
    ];
  }
  return selectionText === '' ? [] : [{ role: 'copy' }];
}
