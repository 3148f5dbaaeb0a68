/** The arguments of a command without a window: `cpis-viewer audit …`, `cpis-viewer keys …`. */
export interface CommandWords {
  /** The words after the command. */
  readonly words: readonly string[];
  /** The switches, from anywhere on the command line. */
  readonly switches: readonly string[];
}

/** `args`: those behind the executable. Unpackaged, the first word is the folder of the app, for Electron. */
export function findCommandWords(
  command: string,
  args: readonly string[],
  isPackaged: boolean,
): CommandWords | undefined {
  const words = args.filter((arg) => !arg.startsWith('-')).slice(isPackaged ? 0 : 1);
  const [first, ...rest] = words;
  return first === command ? { words: rest, switches: args.filter((arg) => arg.startsWith('-')) } : undefined;
}
