/** What Diagnostics says of this computer and its policy: known also where there is no usable environment. */
import type { DiagnosticsView } from '../../shared/application.ts';
import type { LoadedPolicy } from './installation.ts';
import type { Log } from './log.ts';

export type DiagnosticsRows = DiagnosticsView['rows'];

/** What nothing has told yet. Never "none", which says that there is nothing to be told. */
export const notKnownYet = 'Not known yet';

export function describeComputer(): DiagnosticsRows {
  return [
    {
      name: 'Runtime',
      value: `Electron ${process.versions.electron}, Chromium ${process.versions['chrome']}`,
    },
    { name: 'Operating system', value: `${process.platform} ${process.getSystemVersion()} ${process.arch}` },
  ];
}

/** Nobody is stopped by a log that cannot be written, so here is where it is said. */
export function describeLog(log: Pick<Log, 'failure'>): DiagnosticsRows {
  const failure = log.failure();
  return [{ name: 'Log', value: failure === undefined ? 'Written' : `CANNOT BE WRITTEN (${failure})` }];
}

/** Names of settings alone: a value may be a path or a key. */
export function describePolicy({ policy, problems, source }: LoadedPolicy): DiagnosticsRows {
  const names = Object.keys(policy);
  const set = names.length === 0 ? 'Nothing is set' : `Sets ${names.join(', ')}`;
  return [
    { name: 'Policy source', value: source },
    { name: 'Policy', value: [set, ...problems].join('. ') },
  ];
}
