/** Diagnostics without a usable environment, which is when a desktop team needs it most: what there is. */
import type { Fault } from '../../shared/fault.ts';
import { describeFormerRun } from './former-run.ts';
import type { Installation } from './installation.ts';
import { describeComputer, describeLog, describePolicy } from './installation-rows.ts';
import { createDiagnosticsOf, type Diagnostics, type DiagnosticsDependencies } from './support-bundle.ts';

/** What the screens and the log call an environment that there is none of. */
export const noEnvironmentTag = 'NOT SET UP';

export function createUnconfiguredDiagnostics(
  { version, policy, formerRun }: Installation,
  { happened, reference }: Fault,
  desk: Omit<DiagnosticsDependencies, 'describe'>,
): Diagnostics {
  const describe = async () => [
    { name: 'Version', value: version },
    ...describeComputer(),
    { name: 'Former run', value: describeFormerRun(formerRun) },
    { name: 'Environment', value: noEnvironmentTag },
    { name: 'Settings', value: `${happened} (${reference})` },
    ...describeLog(desk.log),
    ...describePolicy(policy),
  ];
  return createDiagnosticsOf({ ...desk, describe });
}
