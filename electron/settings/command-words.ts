/** Whether the viewer was started for one thing alone, without a window: `cpis-viewer audit …`, `cpis-viewer keys …`. */
export interface CommandWords {
  /** What stands behind the command. */
  readonly words: readonly string[];
  /** They may stand anywhere between. */
  readonly switches: readonly string[];
}

/** `args` are those behind the executable. Electron itself, not packaged, is first told the folder of the app. */
export function findCommandWords(
  command: string,
  args: readonly string[],
  isPackaged: boolean,
): CommandWords | undefined {
  const words = args.filter((arg) => !arg.startsWith('-')).slice(isPackaged ? 0 : 1);
  const [first, ...rest] = words;
  return first === command ? { words: rest, switches: args.filter((arg) => arg.startsWith('-')) } : undefined;
}
