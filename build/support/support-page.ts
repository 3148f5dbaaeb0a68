/** `docs/support.md`: system and feature, in three words. */
import { type Feature, features } from './features.ts';

export function supportPage(): string {
  return `# What is supported where

<!-- Written by \`npm run policy\` from build/support/features.ts. Change the table there. -->

Three words: **shown on Linux** (Debian 12, the fallback Electron), **shown in Wine** (the code of the main process on a genuine
Windows Node, without a window), **not run**. A row says them only where every test that it names has passed: \`npm test\` compares
this page with the reports of its own run, and fails where it claims more. No row has been seen on Windows itself or on macOS.

| | Windows | Linux | macOS |
|---|---|---|---|
${features.map(row).join('\n')}

## By which tests

| | Linux: \`e2e/\` | Windows: suites of \`windows/\` |
|---|---|---|
${features.map(evidence).join('\n')}
`;
}

function row({ title, linux, wine, exceptInWine }: Feature): string {
  const inWine = exceptInWine === undefined ? 'shown in Wine' : `shown in Wine: ${exceptInWine}`;
  return `| ${title} | ${wine.length > 0 ? inWine : 'not run'} | ${linux.length > 0 ? 'shown on Linux' : 'not run'} | not run |`;
}

function evidence({ title, linux, wine }: Feature): string {
  return `| ${title} | ${linux.map((file) => `\`${file}\``).join(', ')} | ${wine.join(', ')} |`;
}
