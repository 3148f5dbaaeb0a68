/**
 * The policy of the viewer's pages: they may run their own scripts and show their own styles and pictures. They have no
 * connection, no form target, no frame, no plug-in and no script made from text. The sandbox leaves out `allow-modals`, so
 * that `window.print()`, alert, confirm, prompt and `beforeunload` open no dialog (H18: only the main process prints, and
 * records it). It also leaves out `allow-downloads`, `allow-popups` and `allow-pointer-lock`. `allow-forms` is needed for
 * the submit event; `form-action` keeps a form from sending.
 * Source: Electron, "Security", point 7; W3C Content Security Policy Level 3; HTML, "sandboxing"; W3C Trusted Types.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  'sandbox allow-scripts allow-same-origin allow-forms',
].join('; ');
