import type { Session } from 'electron';

/**
 * Denies pages every permission of the browser: camera, microphone, location, notifications and all others. Electron
 * approves them by default, so every session gets these handlers.
 * Source: Electron, "Security", point 5; `session.setPermissionRequestHandler`, `setPermissionCheckHandler`.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => [...protectedClasses]);
}
