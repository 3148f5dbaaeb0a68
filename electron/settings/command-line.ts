/**
 * The command line, read as a closed grammar: what the application itself understands is returned, switches of
 * Chromium and of Electron's runtime are passed over, and a malformed value is named.
 */
export type CommandLine =
  | { readonly kind: 'valid'; readonly environmentFile: string | undefined }
  | { readonly kind: 'invalid'; readonly problem: string };

/** Reads `--environment <file>` or `--environment=<file>`, once at most. `args` are those behind the application. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const found: string[] = [];
  for (const [index, arg] of args.entries()) {
    if (arg === '--environment') found.push(args[index + 1] ?? '');
    else if (arg.startsWith('--environment=')) found.push(arg.slice('--environment='.length));
  }
  const [environmentFile] = found;
  if (found.length > 1) return { kind: 'invalid', problem: '--environment was given more than once' };
  if (environmentFile === '' || environmentFile?.startsWith('--')) {
    return { kind: 'invalid', problem: '--environment needs the name of a file' };
  }
  return { kind: 'valid', environmentFile };
}
