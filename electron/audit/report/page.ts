import type { AuditReport } from './audit-report.ts';
import { type Html, html } from './html.ts';
import { aboutReport, warnings } from './page-notes.ts';
import { pageStyle } from './page-style.ts';
import { sections } from './sections.ts';
import { percentage, type ShownCount } from './small-numbers.ts';
import { countCell, countOf, countText, madeText, title } from './words.ts';

/** A report as one HTML page that needs nothing else: no script, no other file, no network. */
export function reportPage(report: AuditReport): string {
  const heading = title(report);
  const page = html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${heading}</title>
<style>${{ html: pageStyle }}</style>
</head>
<body>
<main>
<header>
<p class="product">CP-IS Viewer</p>
<h1>${heading}</h1>
<p class="made">From ${report.trails.count === 1 ? 'one audit trail' : `${report.trails.count} audit trails`}. Made ${madeText(report.madeAt)}.</p>
</header>
${warnings(report)}
${keyFigures(report)}
${sections(report)}
${aboutReport(report)}
</main>
</body>
</html>
`;
  return page.html;
}

function keyFigures(report: AuditReport): Html {
  const { checks } = report;
  const found = countOf(checks.byOutcome, 'found');
  const share = (count: ShownCount) => {
    const hundredths = percentage(count, checks.total);
    return hundredths === undefined ? '' : `${hundredths} in 100 checks`;
  };
  const figures: readonly (readonly [name: string, count: ShownCount, more: string])[] = [
    ['Checks of CP-IS', checks.total, `by ${countText(report.users, report)} users`],
    ['Record found', found, share(found)],
    ['Without an answer', checks.withoutAnswer, share(checks.withoutAnswer)],
    ['Local authority notified', checks.notified, `not known: ${countCell(checks.mayHaveNotified)}`],
  ];
  return html`<dl class="figures">${figures.map(
    ([name, count, more]) =>
      html`<div><dt>${name}</dt><dd>${countCell(count)}<small>${more}</small></dd></div>`,
  )}</dl>`;
}
