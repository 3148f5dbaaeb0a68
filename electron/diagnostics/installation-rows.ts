/** The rows of Diagnostics about this computer and its policy, which need no valid environment. */
import type { DiagnosticsView } from '../../shared/application.ts';
import type { LoadedPolicy } from './installation.ts';
import type { Log } from './log.ts';

export type DiagnosticsRows = DiagnosticsView['rows'];

/** The value of a row that has no data yet. Never "none", which is a statement. */
export const notKnownYet = 'Not known yet';

/** Versions and the operating system. */
export function describeComputer(): DiagnosticsRows {
  return [
    {
      name: 'Runtime',
      value: `Electron ${process.versions.electron}, Chromium ${process.versions['chrome']}`,
    },
    { name: 'Operating system', value: `${process.platform} ${process.getSystemVersion()} ${process.arch}` },
  ];
}

/** A log that cannot be written stops no user, so Diagnostics reports it. */
export function describeLog(log: Pick<Log, 'failure'>): DiagnosticsRows {
  const failure = log.failure();
  return [{ name: 'Log', value: failure === undefined ? 'Written' : `CANNOT BE WRITTEN (${failure})` }];
}

/** Only the names of settings: a value may be a path or a key. */
export function describePolicy({ policy, problems, source }: LoadedPolicy): DiagnosticsRows {
  const names = Object.keys(policy);
  const set = names.length === 0 ? 'Nothing is set' : `Sets ${names.join(', ')}`;
  return [
    { name: 'Policy source', value: source },
    { name: 'Policy', value: [set, ...problems].join('. ') },
  ];
}
