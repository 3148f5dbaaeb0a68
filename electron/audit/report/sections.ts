import type { AuditReport } from './audit-report.ts';
import { columnChart, stackChart } from './charts.ts';
import { findingsOf } from './findings.ts';
import { type Html, html } from './html.ts';
import { barTable, cell, columnsOf } from './tables.ts';
import {
  careSettingName,
  countCell,
  dayText,
  outcomeName,
  secondsText,
  stepNames,
  unitHeading,
  unitText,
} from './words.ts';

/** The sections of the page: a heading that says what was found, a chart, and a table with its numbers. */
export function sections(report: AuditReport): readonly Html[] {
  const headings = findingsOf(report);
  const { checks, failures, foundToAnswer, askedToAnswer, paper } = report;
  const { unit, rows } = checks.overTime;
  const clock = report.timeZone === 'UTC' ? 'UTC' : 'UK time';
  const hourNames = checks.byHour.map((_count, hour) => String(hour).padStart(2, '0'));
  return [
    section(headings.byOutcome, 'What CP-IS answered, by care setting', [
      stackChart({
        id: 'outcomes',
        description: `${headings.byOutcome}. The table has the numbers.`,
        parts: checks.byOutcome.map(({ name }) => outcomeName(name)),
        rows: checks.byCareSetting.map(({ name, outcomes }) => ({
          label: careSettingName(name),
          counts: outcomes.map(({ count }) => count),
        })),
      }),
      html`<table><caption>Checks by care setting and outcome</caption>
<thead><tr><th scope="col">Care setting</th>${checks.byOutcome.map(({ name }) => html`<th scope="col" class="number">${outcomeName(name)}</th>`)}<th scope="col" class="number">All</th></tr></thead>
<tbody>${checks.byCareSetting.map(
        ({ name, outcomes, total }) =>
          html`<tr><th scope="row">${careSettingName(name)}</th>${outcomes.map(({ count }) => cell(count))}${cell(total)}</tr>`,
      )}
<tr><th scope="row">All</th>${checks.byOutcome.map(({ count }) => cell(count))}${cell(checks.total)}</tr></tbody></table>`,
    ]),
    section(
      headings.overTime,
      unit === 'day' ? 'Checks, by day' : `Checks, by ${unit}; the first and the last may be incomplete`,
      [
        columnChart({
          id: 'over-time',
          description: `${headings.overTime}. The table has the numbers.`,
          columns: rows.map(({ start, count }) => ({ label: shortLabel(unitText(unit, start)), count })),
        }),
        columnsOf(
          unitHeading(unit),
          rows.map(({ start, count }) => [unitText(unit, start), count]),
        ),
      ],
    ),
    section(headings.byHour, `Checks, by the hour of the day (${clock})`, [
      columnChart({
        id: 'by-hour',
        description: `${headings.byHour}. The table has the numbers.`,
        columns: checks.byHour.map((count, hour) => ({ label: hourNames[hour] ?? '', count })),
        isShaded: (hour) => hour >= 20 || hour < 7,
        shadedMeans: 'Grey: 20:00 to 07:00',
      }),
      html`<table class="hours"><caption>Checks from each full hour on, for an hour</caption>
<thead><tr>${hourNames.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody><tr>${checks.byHour.map((count) => html`<td>${count === 'few' ? '1–7' : countCell(count)}</td>`)}</tr></tbody></table>`,
    ]),
    section(
      headings.byOrganisation,
      'Checks, by the organisation of the user’s role',
      barTable('Organisation', checks.byOrganisation),
    ),
    section(headings.byRole, 'Checks, by the user’s role', barTable('Role', checks.byRole)),
    section(
      headings.waits,
      'From the patient’s being found to the answer, and from “Check CP-IS” to the answer',
      [
        html`<table><caption>Times of the checks that were answered</caption>
<thead><tr><th scope="col">Time</th><th scope="col" class="number">Half within</th><th scope="col" class="number">95 in 100 within</th><th scope="col" class="number">Answers</th></tr></thead>
<tbody>${[
          ['Patient found to answer', foundToAnswer] as const,
          ['Check CP-IS to answer', askedToAnswer] as const,
        ].map(
          ([name, { medianSeconds, p95Seconds, answers }]) =>
            html`<tr><th scope="row">${name}</th><td class="number">${seconds(medianSeconds)}</td><td class="number">${seconds(p95Seconds)}</td>${cell(answers)}</tr>`,
        )}</tbody></table>
<p class="note">The first holds what the user does in between: confirm the patient and choose the care setting.</p>`,
      ],
    ),
    section(headings.failures, 'What failed, in the words that the user saw', [
      failures.length === 0
        ? html``
        : html`<table><caption>Failures by what was being done and by kind</caption>
<thead><tr><th scope="col">While</th><th scope="col">What happened</th><th scope="col" class="number">Times</th></tr></thead>
<tbody>${failures.map(({ step, sentence, count }) => html`<tr><th scope="row">${stepNames[step]}</th><td>${sentence}</td>${cell(count)}</tr>`)}</tbody></table>`,
    ]),
    section(headings.paper, 'What left the screen', [
      html`<table><caption>Copies and prints</caption>
<thead><tr><th scope="col">What</th><th scope="col" class="number">Times</th></tr></thead>
<tbody>${(
        [
          ['Copied for the record', paper.recordCopied],
          ['Copied otherwise', paper.copied],
          ['Printing begun', paper.printed],
          ['– sent to a printer or a file', paper.printsSent],
          ['– cancelled', paper.printsCancelled],
          ['– failed', paper.printsFailed],
          ['Saved as PDF', paper.pdfsSaved],
          ['Copy removed that was not recorded first', paper.unrecordedCopies],
        ] as const
      ).map(([name, count]) => html`<tr><th scope="row">${name}</th>${cell(count)}</tr>`)}</tbody></table>`,
    ]),
    unit === 'day' || checks.byDay.length > 400
      ? html``
      : html`<section class="long"><h2>Each day</h2><p class="what">Checks, by day</p>${columnsOf(
          'Day',
          checks.byDay.map(({ day, count }) => [dayText(day), count]),
        )}</section>`,
  ];
}

function section(heading: string, what: string, content: readonly Html[]): Html {
  return html`<section><h2>${heading}</h2><p class="what">${what}</p>${content}</section>
`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? 'too few' : secondsText(value);
}

/** `23-Nov-2026` is too long below a column. */
function shortLabel(label: string): string {
  return /^\d\d-/.test(label) ? label.slice(0, 6) : label;
}
