/** `Mon, 23 Nov 2026 12:00:00 GMT`: RFC 9110, section 5.6.7, the only form that servers may generate. */
const form = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds since the epoch; `undefined` for any other text, which `Date.parse` might read as a date of its own. */
export function parseHttpDate(text: string): number | undefined {
  const time = form.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
