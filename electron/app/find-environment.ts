import path from 'node:path';
import { parseCommandLine } from '../settings/command-line.ts';
import {
  type EnvironmentRead,
  machineEnvironmentFile,
  readEnvironment,
} from '../settings/read-environment.ts';

/** A release build takes its environment from the administrator alone. Never throws. */
export function findEnvironment(flavour: typeof __BUILD_FLAVOUR__): Promise<EnvironmentRead> {
  const machineFile = machineEnvironmentFile(process.platform, process.env);
  if (flavour === 'release') return readEnvironment(machineFile);
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.kind === 'invalid') {
    return Promise.resolve({
      kind: 'unusable',
      problem: `The command line is not right: ${commandLine.problem}.`,
    });
  }
  return readEnvironment(
    commandLine.environmentFile === undefined ? machineFile : path.resolve(commandLine.environmentFile),
  );
}
