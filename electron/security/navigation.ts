/**
 * Where a page may go. Nowhere, by default: every web contents that is ever made is bound on creation. The sign-in
 * window alone gets a rule of its own, for its own contents.
 * Source: Electron, "Security", points 12 (webview), 13 (navigation) and 14 (new windows).
 */
import { app, type WebContents } from 'electron';

/** Says whether a page may navigate its main frame to this address. */
export type NavigationRule = (url: URL) => boolean;

const rules = new WeakMap<WebContents, NavigationRule>();

/** Binds every web contents of the application from its first moment. Call before any window is made. */
export function refuseNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (details) => {
      if (!isAllowed(contents, details.url)) details.preventDefault();
    });
    contents.on('will-redirect', (details) => {
      if (!isAllowed(contents, details.url)) details.preventDefault();
    });
    contents.on('will-frame-navigate', (details) => {
      if (!isAllowed(contents, details.url)) details.preventDefault();
    });
  });
}

/** Lets one web contents follow addresses that `rule` accepts. */
export function allowNavigation(contents: WebContents, rule: NavigationRule): void {
  rules.set(contents, rule);
}

function isAllowed(contents: WebContents, address: string): boolean {
  const rule = rules.get(contents);
  return rule !== undefined && URL.canParse(address) && rule(new URL(address));
}
