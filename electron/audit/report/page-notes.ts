/** What a reader of the page must know of its numbers: damage first and in view, method at the end. */
import type { AuditReport } from './audit-report.ts';
import { type Html, html } from './html.ts';
import type { ClockChange } from './local-time.ts';
import { countText, dayText } from './words.ts';

const mostProblems = 5;
const mostClockChanges = 4;

/** Above everything else. */
export function warnings({ trails, numbers }: AuditReport): readonly Html[] {
  const { notWhole, count } = trails;
  return [
    numbers === 'exact'
      ? html`<div class="warning"><h2>Not for publication</h2><p>This report shows small numbers, from which a child or a member of staff may be recognised. Treat it as confidential.</p></div>`
      : html``,
    notWhole.length === 0
      ? html``
      : html`<div class="warning"><h2>${count === 1 ? 'The trail is not whole' : `${notWhole.length} of ${count} trails ${notWhole.length === 1 ? 'is' : 'are'} not whole`}</h2>
<p>Entries are missing, changed or unreadable, so these numbers may be wrong. Find out why before you rely on them.</p>
<ul>${notWhole.map(
          ({ number, problems }) =>
            html`<li>Trail ${number}: ${problems.slice(0, mostProblems).map((problem) => html`<br>${problem}`)}${problems.length > mostProblems ? html`<br>And ${problems.length - mostProblems} more.` : undefined}</li>`,
        )}</ul></div>`,
  ];
}

/** How the numbers came about, and what they leave out. */
export function aboutReport(report: AuditReport): Html {
  const { trails, timeZone, numbers, workstations } = report;
  const whole = trails.count - trails.notWhole.length;
  const { entriesSpan } = report;
  const span =
    entriesSpan === undefined ? '' : `, from ${dayText(entriesSpan.first)} to ${dayText(entriesSpan.last)}`;
  return html`<footer class="note"><h2>About these numbers</h2><ul>
<li>Counted from ${trails.entries.toLocaleString('en-GB')} entries of ${trails.count === 1 ? 'one audit trail' : `${trails.count} audit trails`} from ${workstations === 1 ? 'one computer' : `${workstations} computers`}, used by ${countText(report.users, report)} users${span}. ${whole} of ${trails.count} ${whole === 1 ? 'was' : 'were'} whole: no entry missing or changed. A check belongs to the day and the hour in which the user pressed “Check CP-IS”.</li>
<li>${timeZone === 'UTC' ? 'Days and hours are in UTC, as the trail has them: in summer UK time is an hour ahead.' : 'Days and hours are UK time. The trail itself is in UTC.'} They are of the clocks of the computers, which may be wrong.${clockText(report.clockChanges)}</li>
<li>“Notified” means that an attendance in unscheduled care went to CP-IS, which had a record. Without a record, or after a failure, we do not know if an authority was notified. It is never a referral.</li>
<li>${numbers === 'protected' ? 'Small numbers are protected: a count from 1 to 7 is shown as “1 to 7”, with an outlined bar; any other is rounded to the nearest 5, so sums may differ. This is the rule of NHS England for hospital statistics.' : 'Numbers are exact.'}</li>
<li>The report holds no NHS number, no patient’s name, and no name or id of a user.</li>
</ul></footer>`;
}

function clockText(changes: readonly ClockChange[]): string {
  if (changes.length > mostClockChanges)
    return ' The clocks changed several times: in October the hour from 01:00 comes twice, and both are counted as one; in March it is missing.';
  return changes
    .map(({ day, direction }) =>
      direction === 'back'
        ? ` On ${dayText(day)} the clocks went back: the hour from 01:00 came twice, and both are counted as one.`
        : ` On ${dayText(day)} the clocks went forward: there was no hour from 01:00.`,
    )
    .join('');
}
