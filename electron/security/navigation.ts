/**
 * Refuses every navigation by default: each web contents gets its handlers on creation. Only the sign-in window gets a
 * rule, for its own contents.
 * Source: Electron, "Security", points 12 (webview), 13 (navigation) and 14 (new windows).
 */
import { app, type WebContents } from 'electron';

/** Whether a page may navigate to this URL. */
export type NavigationRule = (url: URL) => boolean;

const rules = new WeakMap<WebContents, NavigationRule>();

/** Sets the handlers on every web contents. Call before any window is made. */
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

/** Allows one web contents to navigate to URLs that `rule` accepts. */
export function allowNavigation(contents: WebContents, rule: NavigationRule): void {
  rules.set(contents, rule);
}

function isAllowed(contents: WebContents, address: string): boolean {
  const rule = rules.get(contents);
  return rule !== undefined && URL.canParse(address) && rule(new URL(address));
}
