import { type Feature, features, pathOnLinux } from './features.ts';

/** `docs/support.md`: system and feature, in three words. */
export function supportPage(): string {
  return `# What is supported where

<!-- Written by \`npm run policy\` from build/support/features.ts. Change the table there. -->

Three words: **shown on Linux** (Debian 12, the fallback Electron), **shown in Wine** (the code of the main process on a genuine
Windows Node, without a window), **not run**. A row says them only where every test that it names has passed: \`npm test\` compares
this page with the reports of its own run, and fails where it claims more. A dash: there is no such thing. No row has been seen on Windows itself or on macOS.

| | Windows | Linux | macOS |
|---|---|---|---|
${features.map(row).join('\n')}

## By which tests

| | Linux | Windows: suites of \`windows/\` |
|---|---|---|
${features.map(evidence).join('\n')}
`;
}

function row({ title, linux, exceptOnLinux, wine, exceptInWine, notElsewhere }: Feature): string {
  const otherwise = notElsewhere ? '–' : 'not run';
  const shown = (words: string, tests: readonly string[], except: string | undefined) =>
    tests.length === 0 ? otherwise : [words, ...(except === undefined ? [] : [except])].join(': ');
  const inWine = shown('shown in Wine', wine, exceptInWine);
  return `| ${title} | ${inWine} | ${shown('shown on Linux', linux, exceptOnLinux)} | ${otherwise} |`;
}

function evidence({ title, linux, wine }: Feature): string {
  return `| ${title} | ${linux.map((place) => `\`${pathOnLinux(place)}\``).join(', ')} | ${wine.join(', ')} |`;
}
