import type { Entry } from '../entry.ts';

/** Facility 13, "log audit"; severity 6, "informational": 13 × 8 + 6. */
const priority = 110;
/** RFC 5424, section 6.4: marks the message as UTF-8. */
const byteOrderMark = '\u{feff}';

export type ForwardedEntry = Pick<Entry, 'seq' | 'hash' | 'at' | 'event'> & { readonly line: string };

/**
 * Writes an entry of the trail as a syslog message for a stream: RFC 5424 in the octet-counting frame of RFC 5425, section 4.3.
 * The message is the entry's own line, so that a collector's copy verifies like the trail itself.
 */
export function syslogFrame({ at, event, line }: ForwardedEntry, workstation: string): Buffer {
  const header = `<${priority}>1 ${at} ${field(workstation, 255)} cpis-viewer - ${field(event, 32)} -`;
  const message = Buffer.from(`${header} ${byteOrderMark}${line}`, 'utf8');
  return Buffer.concat([Buffer.from(`${message.length} `, 'ascii'), message]);
}

/** Header fields are printable ASCII without spaces; an empty one is a dash. */
function field(text: string, longest: number): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, longest) || '-';
}
