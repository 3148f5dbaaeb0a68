/**
 * No page of this application may use a camera, a microphone, a place, a notification or any other power of the
 * browser. Electron's default is to approve, so both handlers are set on every session.
 * Source: Electron, "Security", point 5; `session.setPermissionRequestHandler`, `setPermissionCheckHandler`.
 */
import type { Session } from 'electron';

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => [...protectedClasses]);
}
