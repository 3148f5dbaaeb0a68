import path from 'node:path';
import { parseCommandLine } from '../settings/command-line.ts';
import { machineFile } from '../settings/machine-files.ts';
import { applyPolicy } from '../settings/policy/apply-policy.ts';
import type { PolicyRead } from '../settings/policy/read-policy.ts';
import { type EnvironmentRead, readEnvironment } from '../settings/read-environment.ts';

/** The environment under the site's policy. A release build takes it from the administrator alone. Never throws. */
export function findEnvironment(
  flavour: typeof __BUILD_FLAVOUR__,
  { policy, unknown }: PolicyRead,
): Promise<EnvironmentRead> {
  // Named outright, so that every other edition is built without it.
  if (__BUILD_FLAVOUR__ === 'training')
    return import('../training/training-simulator.ts').then((training) => training.startTrainingSimulator());
  if (unknown !== undefined) return Promise.resolve({ kind: 'unusable', problem: unknown });
  const read = (file: string) => readEnvironment(file, (environment) => applyPolicy(environment, policy));
  if (policy.environmentFile !== undefined) return read(policy.environmentFile);
  const installed = machineFile(process.platform, 'environment.json');
  if (flavour === 'release') return read(installed);
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.kind === 'invalid') {
    return Promise.resolve({
      kind: 'unusable',
      problem: `The command line is not right: ${commandLine.problem}.`,
    });
  }
  return read(
    commandLine.environmentFile === undefined ? installed : path.resolve(commandLine.environmentFile),
  );
}
