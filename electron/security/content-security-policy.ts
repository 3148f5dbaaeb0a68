/**
 * What a page of the viewer may do: run its own script, show its own style and pictures, and nothing else: no
 * connection, no form, no frame, no plug-in, no script made from text. The sandbox leaves out `allow-modals`:
 * `window.print()`, alert, confirm, prompt and the question before unload open nothing (H18: printing is recorded, and
 * goes through the main process alone); `allow-downloads`, `allow-popups` and `allow-pointer-lock` are left out too.
 * Without `allow-forms` a form would have no submit event; what it would send, `form-action` stops.
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
