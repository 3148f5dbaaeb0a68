/**
 * What a page of the viewer may do: run its own script, show its own style and pictures, and nothing else: no
 * connection, no form, no frame, no plug-in, no script made from text.
 * Source: Electron, "Security", point 7; W3C Content Security Policy Level 3; W3C Trusted Types.
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
].join('; ');
