/** How the tasks speak: one line a fact, a heading where something new begins, warnings that cannot be missed. */
export function log(...lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

export function heading(title: string): void {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(3, 76 - title.length))}`);
}

export function warn(...lines: readonly string[]): void {
  const rule = '!'.repeat(80);
  console.log([rule, ...lines.map((line) => `! ${line}`), rule].join('\n'));
}

/** What an error says, for a sentence of ours. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
