import path from 'node:path';
import { findUntrusted } from '../files/administered-file.ts';
import { findSwitches, parseCommandLine } from '../settings/command-line.ts';
import { type Environment, filesOf } from '../settings/environment.ts';
import { machineFile } from '../settings/machine-files.ts';
import { applyPolicy, blame, settingAt } from '../settings/policy/apply-policy.ts';
import type { PolicyRead } from '../settings/policy/read-policy.ts';
import { type EnvironmentRead, readEnvironment } from '../settings/read-environment.ts';

/** `trainingControl`: the address of the simulator's control server, in the training edition. */
export type LoadedEnvironment = EnvironmentRead & { readonly trainingControl?: string | undefined };

/** The environment under the site's policy. A release build takes it from the administrator alone. Never throws. */
export async function loadEnvironment(
  flavour: typeof __BUILD_FLAVOUR__,
  policyRead: PolicyRead,
): Promise<LoadedEnvironment> {
  // Compares the constant itself, so that the bundler leaves the simulator out of every other edition.
  if (__BUILD_FLAVOUR__ === 'training')
    return import('../training/training-simulator.ts').then((training) => training.startTrainingSimulator());
  const { policy, unknown } = policyRead;
  if (unknown !== undefined) return { kind: 'unusable', problem: unknown };
  const installed = policy.environmentFile ?? machineFile(process.platform, 'environment.json');
  if (flavour === 'release') return readAdministered(installed, policyRead);
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.kind === 'invalid')
    return { kind: 'unusable', problem: `The command line is not right: ${commandLine.problem}.` };
  const given = policy.environmentFile === undefined ? commandLine.environmentFile : undefined;
  const read = await readUnder(given === undefined ? installed : path.resolve(given), policyRead);
  // For `npm start` and the tests, whose simulator is a process of its own.
  return { ...read, trainingControl: findSwitches('training-control', process.argv.slice(1))[0] };
}

function readUnder(file: string, { policy, places }: PolicyRead): Promise<EnvironmentRead> {
  return readEnvironment(file, {
    lay: (environment) => applyPolicy(environment, policy),
    blame: (problem) => blame(problem, policy, places),
    namedBy: policy.environmentFile === undefined ? undefined : settingAt('environmentFile', places),
  });
}

/** Reads the file only if an administrator alone can have written it and the files that it names. */
async function readAdministered(file: string, policyRead: PolicyRead): Promise<EnvironmentRead> {
  const problem = await findUntrusted(file);
  if (problem !== undefined)
    return { kind: 'unusable', problem: `The environment file cannot be trusted: ${problem}.` };
  const read = await readUnder(file, policyRead);
  const named = read.kind === 'read' ? await findUntrustedNamed(read.environment) : undefined;
  return named === undefined ? read : { kind: 'unusable', problem: named };
}

async function findUntrustedNamed(environment: Environment): Promise<string | undefined> {
  for (const { field, file, owner } of filesOf(environment)) {
    const problem = await findUntrusted(file, owner);
    if (problem !== undefined) return `The file that ${field} names cannot be trusted: ${problem}.`;
  }
  return undefined;
}
