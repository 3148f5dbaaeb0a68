/** Whether the viewer was started for its audit trail alone: `cpis-viewer audit …`, with switches anywhere between. */
export interface AuditWords {
  /** What stands behind "audit". */
  readonly words: readonly string[];
  readonly switches: readonly string[];
}

/** `args` are those behind the executable. Electron itself, not packaged, is first told the folder of the app. */
export function findAuditWords(args: readonly string[], isPackaged: boolean): AuditWords | undefined {
  const words = args.filter((arg) => !arg.startsWith('-')).slice(isPackaged ? 0 : 1);
  const [first, ...rest] = words;
  return first === 'audit' ? { words: rest, switches: args.filter((arg) => arg.startsWith('-')) } : undefined;
}
