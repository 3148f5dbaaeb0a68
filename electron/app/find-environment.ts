import path from 'node:path';
import type { Policy } from '../../shared/policy.ts';
import { parseCommandLine } from '../settings/command-line.ts';
import { applyPolicy } from '../settings/policy/apply-policy.ts';
import {
  type EnvironmentRead,
  machineEnvironmentFile,
  readEnvironment,
} from '../settings/read-environment.ts';

/** The environment under the site's policy. A release build takes it from the administrator alone. Never throws. */
export function findEnvironment(flavour: typeof __BUILD_FLAVOUR__, policy: Policy): Promise<EnvironmentRead> {
  // Named outright, so that every other edition is built without it.
  if (__BUILD_FLAVOUR__ === 'training')
    return import('../training/training-simulator.ts').then((training) => training.startTrainingSimulator());
  const read = (file: string) => readEnvironment(file, (environment) => applyPolicy(environment, policy));
  if (policy.environmentFile !== undefined) return read(policy.environmentFile);
  const machineFile = machineEnvironmentFile(process.platform, process.env);
  if (flavour === 'release') return read(machineFile);
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.kind === 'invalid') {
    return Promise.resolve({
      kind: 'unusable',
      problem: `The command line is not right: ${commandLine.problem}.`,
    });
  }
  return read(
    commandLine.environmentFile === undefined ? machineFile : path.resolve(commandLine.environmentFile),
  );
}
