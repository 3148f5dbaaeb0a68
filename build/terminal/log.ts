/** The output of the tasks: lines, headings, warnings in a frame. */
export function log(...lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

/** A line above the output of a part of a task. */
export function heading(title: string): void {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(3, 76 - title.length))}`);
}

/** In a frame, so that they are seen among other output. */
export function warn(...lines: readonly string[]): void {
  const rule = '!'.repeat(80);
  console.log([rule, ...lines.map((line) => `! ${line}`), rule].join('\n'));
}

/** The message of an error. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
