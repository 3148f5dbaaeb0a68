import type { Fault } from '../../shared/fault.ts';
import { describeFormerRun } from './former-run.ts';
import type { Installation } from './installation.ts';
import { describeComputer, describeLog, describePolicy } from './installation-rows.ts';
import { createDiagnosticsOf, type Diagnostics, type DiagnosticsDependencies } from './support-bundle.ts';

/** The tag of a missing environment on the screens and in the log. */
export const noEnvironmentTag = 'NOT SET UP';

/** Diagnostics without a valid environment, when a desktop team needs it most: the rows that need none. */
export function createUnconfiguredDiagnostics(
  { version, policy, formerRun }: Installation,
  { happened, reference }: Fault,
  support: Omit<DiagnosticsDependencies, 'describe'>,
): Diagnostics {
  const describe = async () => [
    { name: 'Version', value: version },
    ...describeComputer(),
    { name: 'Former run', value: describeFormerRun(formerRun) },
    { name: 'Environment', value: noEnvironmentTag },
    { name: 'Settings', value: `${happened} (${reference})` },
    ...describeLog(support.log),
    ...describePolicy(policy),
  ];
  return createDiagnosticsOf({ ...support, describe });
}
