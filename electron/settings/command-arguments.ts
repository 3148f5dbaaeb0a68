/**
 * Finds the arguments of a command without a window: `cpis-viewer audit …`, `cpis-viewer keys …`.
 *
 * `args`: those behind the executable. Unpackaged, the first word is the folder of the app, for Electron. Returns what stands
 * behind the command's word, and the switches before it, in their order; `undefined` where this is not the command.
 */
export function findCommandArguments(
  command: string,
  args: readonly string[],
  isPackaged: boolean,
): readonly string[] | undefined {
  const isWord = (arg: string) => !arg.startsWith('-');
  const [first, second] = args.flatMap((arg, index) => (isWord(arg) ? [index] : []));
  const at = isPackaged ? first : second;
  if (at === undefined || args[at] !== command) return undefined;
  return [...args.slice(0, at).filter((arg) => !isWord(arg)), ...args.slice(at + 1)];
}
