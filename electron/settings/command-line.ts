/**
 * Parses the command line by a closed grammar: returns the switches of the viewer, ignores those of Chromium and of
 * Electron's runtime, and names a malformed value.
 */
export type CommandLine =
  | { readonly kind: 'valid'; readonly environmentFile: string | undefined }
  | { readonly kind: 'invalid'; readonly problem: string };

/** Reads `--environment <file>` or `--environment=<file>`, once at most. `args` are those behind the application. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const found = findSwitches('environment', args);
  const [environmentFile] = found;
  if (found.length > 1) return { kind: 'invalid', problem: '--environment was given more than once' };
  if (environmentFile === '' || environmentFile?.startsWith('--')) {
    return { kind: 'invalid', problem: '--environment needs the name of a file' };
  }
  return { kind: 'valid', environmentFile };
}

/** Finds every value of a switch, given as `--name value` or as `--name=value`. */
export function findSwitches(name: string, args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (arg === `--${name}`) return [args[index + 1] ?? ''];
    return arg.startsWith(`--${name}=`) ? [arg.slice(`--${name}=`.length)] : [];
  });
}
