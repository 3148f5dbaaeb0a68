/**
 * Cut, Copy, Paste and Select all by menu. On macOS these keys are dead without a menu that holds them; elsewhere a window
 * without a menu bar keeps its keys, and a menu in each field serves who has no keyboard at hand. Each item does what
 * its key does, so that what is copied goes the one recorded way (H17).
 * Source: Electron, `Menu`, "roles"; `webContents` event `context-menu`.
 */
import { type BrowserWindow, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';

/** No item shows the page anew, opens developer tools or the page's source: each is a way round the screens. */
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

/** By the mouse's other button, the menu key or Shift+F10. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const items = itemsFor(params);
    if (items.length === 0) return;
    const { x, y, menuSourceType } = params;
    // From the keyboard it opens beside the field, and not where the mouse happens to be.
    const place = menuSourceType === 'mouse' ? {} : { x, y };
    Menu.buildFromTemplate(items).popup({ window, ...place });
  });
}

function itemsFor({ isEditable, selectionText, editFlags }: ContextMenuParams): MenuItemConstructorOptions[] {
  if (isEditable) {
    return [
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', label: 'Select all', enabled: editFlags.canSelectAll },
    ];
  }
  return selectionText === '' ? [] : [{ role: 'copy' }];
}
