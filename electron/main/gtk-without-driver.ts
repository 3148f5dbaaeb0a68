import type { App } from 'electron';

/**
 * Keeps GTK from loading a graphics driver into the main process, which it does on Linux to choose the visuals of an X display,
 * where no GTK program has done so before on this display: 20 MB with Mesa's, and a driver that can fail
 * (docs/decisions/no-gpu.md). Must run before the app is ready, as GTK reads the variable once. Programs that the viewer starts
 * later do not get it.
 * Source: GTK 3, "Running and debugging GTK Applications" (`GDK_GL`).
 */
export function keepDriverFromGtk(app: Pick<App, 'whenReady'>, variables: NodeJS.ProcessEnv): void {
  const former = variables['GDK_GL'];
  variables['GDK_GL'] = 'disable';
  void app.whenReady().then(() => {
    if (former === undefined) delete variables['GDK_GL'];
    else variables['GDK_GL'] = former;
  });
}
