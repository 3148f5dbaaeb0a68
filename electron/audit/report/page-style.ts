/** The style of the page: on a screen, and on A4. */
export const pageStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f0f4f5; color: #212b32; font: 15px/1.45 Arial, sans-serif; }
main { max-width: 210mm; margin: 0 auto; padding: 14mm 15mm; background: #fff; }
header { border-bottom: 4px solid #005eb8; padding-bottom: 10px; }
.product { color: #005eb8; font-weight: bold; margin: 0; }
h1 { font-size: 30px; line-height: 1.2; margin: 4px 0 6px; }
h2 { font-size: 20px; line-height: 1.25; margin: 30px 0 4px; }
p { margin: 6px 0; }
.made, .what, .note { color: #4c6272; }
.what { margin: 0 0 10px; }
.note { font-size: 13px; }
.warning { border: 3px solid #d5281b; padding: 10px 14px; margin: 16px 0; }
.warning h2 { margin: 0 0 4px; color: #b01c10; font-size: 18px; }
.warning li { overflow-wrap: anywhere; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 18px 0 0; padding: 0; }
.figures div { border-left: 4px solid #005eb8; padding: 2px 0 2px 10px; }
.figures dt { font-size: 13px; color: #4c6272; }
.figures dd { margin: 0; font-size: 24px; font-weight: bold; line-height: 1.25; }
.figures dd small { display: block; font-size: 13px; font-weight: normal; }
section { break-inside: avoid; }
section.long { break-inside: auto; }
svg { display: block; width: 100%; height: auto; margin: 8px 0; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; margin: 6px 0; }
caption { text-align: left; color: #4c6272; padding: 2px 0 4px; }
th { text-align: left; font-weight: bold; border-bottom: 1px solid #4c6272; vertical-align: bottom; }
th, td { padding: 3px 8px 3px 0; overflow-wrap: anywhere; }
tbody th { font-weight: normal; border-bottom: 1px solid #d8dde0; }
td { border-bottom: 1px solid #d8dde0; }
.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
thead td { border-bottom: 1px solid #4c6272; }
.hours { table-layout: fixed; width: 93.5%; margin-left: 6.5%; }
.hours th, .hours td { text-align: center; padding: 3px 1px; font-size: 11px; }
.columns { display: grid; grid-template-columns: repeat(4, 1fr); gap: 18px; align-items: start; }
.columns table { margin: 0; }
.bars th:first-child { width: 42%; }
.bars td:last-child { width: 45%; }
.bars .number { padding-right: 12px; }
svg.bar { height: 12px; margin: 2px 0; }
footer { margin-top: 30px; border-top: 1px solid #4c6272; padding-top: 6px; break-inside: avoid; }
footer h2 { margin-top: 4px; }
footer li { margin: 4px 0; }
@page { size: A4; margin: 14mm 15mm; }
@media print {
  body { background: #fff; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (max-width: 600px) { .figures { grid-template-columns: repeat(2, 1fr); } main { padding: 16px; } .columns { grid-template-columns: repeat(2, 1fr); } }
`;
