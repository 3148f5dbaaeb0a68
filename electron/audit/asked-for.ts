/** Whether the viewer was started for its audit trail alone: `cpis-viewer audit …`. */
import { type CommandWords, findCommandWords } from '../settings/command-words.ts';

export type AuditWords = CommandWords;

/** `args` are those behind the executable. */
export function findAuditWords(args: readonly string[], isPackaged: boolean): AuditWords | undefined {
  return findCommandWords('audit', args, isPackaged);
}
