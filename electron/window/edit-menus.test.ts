/** The menu bar, without a Mac: what Electron is given for it. */
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { setApplicationMenu } from './edit-menus.ts';

const menuBar = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({
  Menu: { setApplicationMenu: menuBar, buildFromTemplate: (template: unknown) => template },
}));

/** The roles and kinds of every item, however deep. */
function rolesIn(template: readonly MenuItemConstructorOptions[]): readonly unknown[] {
  return template.flatMap(({ role, type, submenu }) => [
    role ?? type,
    ...(Array.isArray(submenu) ? rolesIn(submenu) : []),
  ]);
}

test('on macOS it has what the keys of a field and Cmd+Q need, and nothing that passes the screens by', () => {
  setApplicationMenu('darwin');
  const [template] = menuBar.mock.lastCall ?? [];
  const roles = rolesIn(template).filter((role) => role !== undefined && role !== 'separator');
  expect(roles).toEqual([
    ...['appMenu', 'about', 'hide', 'hideOthers', 'unhide', 'quit'],
    ...['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'],
    ...['minimize', 'close'],
  ]);
  expect(JSON.stringify(template)).not.toMatch(/accelerator|click/);
});

test.each(['linux', 'win32'] as const)('on %s there is none', (platform) => {
  setApplicationMenu(platform);
  expect(menuBar).toHaveBeenLastCalledWith(null);
});
