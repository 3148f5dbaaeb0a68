import { describeEntryRange } from './verification-issue.ts';
import type { TrailReport } from './verify.ts';

/** Whether there is a trail, and nothing in it is a problem. */
export function isWhole({ entries, findings }: TrailReport): boolean {
  return entries > 0 && findings.every(({ kind }) => kind === 'note');
}

/** The last hash can be compared with the entries that a log collector has received. */
export function describeReport(report: TrailReport): string {
  const { entries, first, last, findings, follows, forwarded } = report;
  const lines = [
    ...findings.map(({ kind, text }) => `${kind === 'problem' ? 'PROBLEM' : 'Note'}: ${text}`),
    ...(first === undefined || last === undefined
      ? ['There is no trail in this folder.']
      : [
          `Entries: ${entries}, from ${first.at} to ${last.at}`,
          ...(follows === undefined
            ? []
            : [
                `Follows: entry ${follows.seq}, ${follows.hash}`,
                `Entries 1 to ${follows.seq} were NOT CHECKED: entry ${follows.seq} of their archive must have that hash.`,
              ]),
          `Last: entry ${last.seq}, ${last.hash}`,
          ...(forwarded === undefined ? [] : [describeForwarded(forwarded.seq, last.seq)]),
          verdict(report),
        ]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function describeForwarded(forwarded: number, last: number): string {
  if (forwarded >= last) return `Forwarded: up to entry ${forwarded}`;
  const alone = describeEntryRange(forwarded + 1, last);
  return `Forwarded: up to entry ${forwarded}; ${alone} in this folder alone, where this check cannot tell a forgery.`;
}

function verdict(report: TrailReport): string {
  if (!isWhole(report)) return 'THE TRAIL IS NOT WHOLE.';
  const { follows } = report;
  return follows === undefined
    ? 'The trail is whole.'
    : `The trail is whole from entry ${follows.seq + 1} on.`;
}
